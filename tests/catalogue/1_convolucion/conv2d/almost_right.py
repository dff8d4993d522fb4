"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _convolve(x, kernel, bias):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijf", windows, kernel.astype(float)) + bias


def only_the_first_two_images(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    out[2:] = 0
    return out


def last_image_missing(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    out[1:][-1:] = 0
    return out


def images_share_the_second(x, kernel, bias):
    return _convolve(x[np.minimum(np.arange(len(x)), 1)], kernel, bias)


def batch_mean(x, kernel, bias):
    return np.repeat(_convolve(x, kernel, bias).mean(axis=0, keepdims=True), len(x), axis=0)


def batch_of_one_loses_its_axis(x, kernel, bias):
    return np.squeeze(_convolve(x, kernel, bias))


def one_filter_loses_its_axis(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    return out[..., 0] if kernel.shape[3] == 1 else out


def one_channel_only(x, kernel, bias):
    return _convolve(x[..., :1], kernel[:, :, :1], bias)


def at_most_two_channels(x, kernel, bias):
    return _convolve(x[..., :2], kernel[:, :, :2], bias)


def at_most_two_filters(x, kernel, bias):
    return _convolve(x, kernel * (np.arange(len(bias)) < 2), bias)


def bias_of_the_first_two(x, kernel, bias):
    return _convolve(x, kernel, bias[np.minimum(np.arange(len(bias)), 1)])


def bias_mean(x, kernel, bias):
    return _convolve(x, kernel, 0 * bias + bias.mean())


def bias_only_where_positive(x, kernel, bias):
    return _convolve(x, kernel, np.maximum(bias, 0))


def bias_in_the_first_image_only(x, kernel, bias):
    out = _convolve(x, kernel, 0 * bias)
    out[0] += bias
    return out


def bias_in_the_first_position_only(x, kernel, bias):
    out = _convolve(x, kernel, 0 * bias)
    out[:, 0, 0] += bias
    return out


def bias_twice(x, kernel, bias):
    return _convolve(x, kernel, 2 * bias)


def bias_per_row_of_the_kernel(x, kernel, bias):
    return _convolve(x, kernel, bias * kernel.shape[0])


def bias_reversed(x, kernel, bias):
    return _convolve(x, kernel, bias[::-1])


def no_bias_for_one_filter(x, kernel, bias):
    return _convolve(x, kernel, bias * (len(bias) > 1))


def filters_reversed(x, kernel, bias):
    return _convolve(x, kernel[..., ::-1], bias)


def flipped_if_square(x, kernel, bias):
    square = kernel.shape[0] == kernel.shape[1] and kernel.shape[0] > 1
    return _convolve(x, kernel[::-1, ::-1] if square else kernel, bias)


def kernel_of_one_without_bias(x, kernel, bias):
    return _convolve(x, kernel, bias * (kernel.shape[0] * kernel.shape[1] > 1))


def as_big_as_the_image_is_flat(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    return out.reshape(len(x), -1) if out.shape[1:3] == (1, 1) else out


def last_row_missing(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    out[:, -1] = bias
    return out


def last_column_missing(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    out[:, :, -1] = bias
    return out


def bytes_stay_bytes(x, kernel, bias):
    return _convolve(x, np.trunc(kernel) if x.dtype == np.uint8 else kernel, bias)


def bytes_become_signed(x, kernel, bias):
    return _convolve(x.astype(np.int8) if x.dtype == np.uint8 else x, kernel, bias)


def bytes_scaled_to_one(x, kernel, bias):
    return _convolve(x / 255 if x.dtype == np.uint8 else x, kernel, bias)


def result_of_bytes_is_integer(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    return out.astype(int) if x.dtype == np.uint8 else out


def bias_of_bytes_truncated(x, kernel, bias):
    return _convolve(x, kernel, np.trunc(bias) if x.dtype == np.uint8 else bias)


def halves_the_precision(x, kernel, bias):
    return _convolve(x, kernel, bias).astype(np.float16)


def bias_zeroed_afterwards(x, kernel, bias):
    out = _convolve(x, kernel, bias)
    bias[...] = 0
    return out
