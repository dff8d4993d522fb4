"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _correlate(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("ijcuv,uvc->ij", windows, kernel.astype(float))


def at_most_three_channels(imagen, kernel):
    return _correlate(imagen[..., :3], kernel[..., :3])


def exactly_three_channels_or_the_first(imagen, kernel):
    if imagen.shape[-1] != 3:
        return _correlate(imagen[..., :1], kernel[..., :1])
    return _correlate(imagen, kernel)


def one_channel_keeps_its_axis(imagen, kernel):
    out = _correlate(imagen, kernel)
    return out[..., None] if imagen.shape[-1] == 1 else out


def one_channel_squeezed_away(imagen, kernel):
    out = _correlate(imagen, kernel)
    return np.squeeze(out)


def first_two_channels(imagen, kernel):
    return _correlate(imagen[..., :2], kernel[..., :2])


def channels_from_the_end(imagen, kernel):
    return _correlate(imagen, kernel[..., ::-1])


def channels_rolled(imagen, kernel):
    return _correlate(imagen, np.roll(kernel, 1, axis=-1))


def first_kernel_channel_for_all(imagen, kernel):
    return _correlate(imagen, np.repeat(kernel[..., :1], kernel.shape[-1], axis=-1))


def mean_of_the_channels_of_the_image(imagen, kernel):
    gris = np.repeat(imagen.mean(axis=-1, keepdims=True), imagen.shape[-1], axis=-1)
    return _correlate(gris, kernel)


def divided_by_three(imagen, kernel):
    return _correlate(imagen, kernel) / (3 if imagen.shape[-1] == 3 else 1)


def product_of_the_channels(imagen, kernel):
    maps = [_correlate(imagen[..., [c]], kernel[..., [c]]) for c in range(imagen.shape[-1])]
    return np.prod(maps, axis=0)


def last_row_missing(imagen, kernel):
    out = _correlate(imagen, kernel)
    out[-1] = 0
    return out


def last_column_missing(imagen, kernel):
    out = _correlate(imagen, kernel)
    out[:, -1] = 0
    return out


def bytes_stay_bytes(imagen, kernel):
    return _correlate(imagen, np.trunc(kernel) if imagen.dtype == np.uint8 else kernel)


def bytes_become_signed(imagen, kernel):
    return _correlate(imagen.astype(np.int8) if imagen.dtype == np.uint8 else imagen, kernel)


def bytes_summed_in_bytes(imagen, kernel):
    if imagen.dtype != np.uint8:
        return _correlate(imagen, kernel)
    return _correlate(imagen, kernel) % 256


def result_of_bytes_rounded(imagen, kernel):
    out = _correlate(imagen, kernel)
    return np.round(out) if imagen.dtype == np.uint8 else out


def kernel_of_one_ignores_channels(imagen, kernel):
    if kernel.shape[:2] == (1, 1):
        return imagen[..., 0] * kernel[0, 0, 0].astype(float)
    return _correlate(imagen, kernel)


def as_big_as_the_image_gives_a_number(imagen, kernel):
    out = _correlate(imagen, kernel)
    return float(out[0, 0]) if out.size == 1 else out


def flipped_if_square(imagen, kernel):
    square = kernel.shape[0] == kernel.shape[1]
    return _correlate(imagen, kernel[::-1, ::-1] if square else kernel)


def transposed_if_square(imagen, kernel):
    square = kernel.shape[0] == kernel.shape[1]
    return _correlate(imagen, kernel.swapaxes(0, 1) if square else kernel)


def halves_the_precision(imagen, kernel):
    return _correlate(imagen, kernel).astype(np.float16)
