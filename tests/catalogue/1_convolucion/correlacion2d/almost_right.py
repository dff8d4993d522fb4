"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _correlate(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel.astype(float))


def _looped(rows, columns, window=lambda image, i, j, kh, kw: image[i : i + kh, j : j + kw]):
    """Con dos bucles: cuántas filas y columnas se recorren, y qué ventana se mira."""

    def correlacion2d(imagen, kernel):
        (H, W), (kh, kw) = imagen.shape, kernel.shape
        out = np.zeros((H - kh + 1, W - kw + 1))
        for i in range(min(rows(H, W, kh, kw), H - kh + 1)):
            for j in range(min(columns(H, W, kh, kw), W - kw + 1)):
                part = window(imagen, i, j, kh, kw)
                if part.shape == kernel.shape:
                    out[i, j] = np.sum(part * kernel)
        return out

    return correlacion2d


def _rows(H, W, kh, kw):
    return H - kh + 1


def _columns(H, W, kh, kw):
    return W - kw + 1


last_row_missing = _looped(lambda *n: _rows(*n) - 1, _columns)
last_column_missing = _looped(_rows, lambda *n: _columns(*n) - 1)
as_many_columns_as_rows = _looped(_rows, _rows)
as_many_rows_as_columns = _looped(_columns, _columns)
smaller_side_of_both = _looped(lambda *n: min(_rows(*n), _columns(*n)), _columns)
at_most_five_columns = _looped(_rows, lambda *n: min(5, _columns(*n)))
only_even_rows = _looped(
    _rows, _columns, lambda image, i, j, kh, kw: image[i - i % 2 :, j:][:kh, :kw]
)
diagonal_window = _looped(_rows, _columns, lambda image, i, j, kh, kw: image[i:, i:][:kh, :kw])
window_of_the_last_column = _looped(
    _rows, _columns, lambda image, i, j, kh, kw: image[i:, max(j - 1, 0) :][:kh, :kw]
)


def bytes_stay_bytes(imagen, kernel):
    return _correlate(imagen, np.trunc(kernel) if imagen.dtype == np.uint8 else kernel)


def bytes_become_signed(imagen, kernel):
    return _correlate(imagen.astype(np.int8) if imagen.dtype == np.uint8 else imagen, kernel)


def bytes_scaled_to_one(imagen, kernel):
    return _correlate(imagen / 255 if imagen.dtype == np.uint8 else imagen, kernel)


def result_of_bytes_rounded(imagen, kernel):
    out = _correlate(imagen, kernel)
    return np.round(out) if imagen.dtype == np.uint8 else out


def result_of_bytes_clipped(imagen, kernel):
    out = _correlate(imagen, kernel)
    return np.clip(out, 0, 255) if imagen.dtype == np.uint8 else out


def result_of_bytes_is_integer(imagen, kernel):
    out = _correlate(imagen, kernel)
    return out.astype(int) if imagen.dtype == np.uint8 else out


def kernel_of_one_not_multiplied(imagen, kernel):
    return imagen.astype(float) if kernel.size == 1 else _correlate(imagen, kernel)


def kernel_of_one_gives_a_flat_array(imagen, kernel):
    out = _correlate(imagen, kernel)
    return out.ravel() if kernel.size == 1 else out


def kernel_as_big_as_the_image_gives_a_number(imagen, kernel):
    out = _correlate(imagen, kernel)
    return float(out[0, 0]) if out.size == 1 else out


def axes_of_one_squeezed(imagen, kernel):
    return np.squeeze(_correlate(imagen, kernel))


def kernel_that_fills_the_image_is_empty(imagen, kernel):
    out = _correlate(imagen, kernel)
    return out[:0] if out.size == 1 else out


def flipped_if_square(imagen, kernel):
    square = kernel.shape[0] == kernel.shape[1] and kernel.size > 1
    return _correlate(imagen, kernel[::-1, ::-1] if square else kernel)


def flipped_unless_square(imagen, kernel):
    square = kernel.shape[0] == kernel.shape[1]
    return _correlate(imagen, kernel if square else kernel[::-1, ::-1])


def transposed_if_square(imagen, kernel):
    square = kernel.shape[0] == kernel.shape[1]
    return _correlate(imagen, kernel.T if square else kernel)


def only_the_first_three_rows_of_the_kernel(imagen, kernel):
    visto = kernel * (np.arange(kernel.shape[0]) < 3)[:, None]
    return _correlate(imagen, visto)


def only_the_first_three_columns_of_the_kernel(imagen, kernel):
    return _correlate(imagen, kernel * (np.arange(kernel.shape[1]) < 3))


def halves_the_precision(imagen, kernel):
    return _correlate(imagen, kernel).astype(np.float16)


def rounded_to_three_decimals(imagen, kernel):
    return np.round(_correlate(imagen, kernel), 3)


def kernel_normalised(imagen, kernel):
    return _correlate(imagen, kernel / np.abs(kernel).sum())


def padded_where_the_kernel_is_odd(imagen, kernel):
    if kernel.shape[0] % 2 and kernel.shape[1] % 2 and kernel.size > 1:
        imagen = np.pad(imagen, [(n // 2, n // 2) for n in kernel.shape])
    return _correlate(imagen, kernel)


def kernel_zeroed_afterwards_if_small(imagen, kernel):
    out = _correlate(imagen, kernel)
    if kernel.size == 1:
        kernel[...] = 0
    return out
