"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np

_ALL = (0, 1, 2)


def _scaled(kernel, axis=_ALL, epsilon=0.0):
    kernel = np.asarray(kernel, float)
    low, high = kernel.min(axis=axis, keepdims=True), kernel.max(axis=axis, keepdims=True)
    width = high - low
    return (kernel - low) / np.where(width > 0, width + epsilon, 1)


def over_the_whole_kernel(kernel):
    return _scaled(kernel, axis=None)


def each_channel_apart(kernel):
    return _scaled(kernel, axis=(0, 1))


def each_position_apart(kernel):
    return _scaled(kernel, axis=2)


def each_row_apart(kernel):
    return _scaled(kernel, axis=(1, 2))


def filters_and_channels_swapped(kernel):
    return _scaled(kernel, axis=(0, 1, 3))


def minimum_of_all(kernel):
    kernel = np.asarray(kernel, float)
    width = np.ptp(kernel, axis=_ALL)
    return (kernel - kernel.min()) / np.where(width > 0, width, 1) * (width > 0)


def maximum_of_all(kernel):
    kernel = np.asarray(kernel, float)
    return (kernel - kernel.min(axis=_ALL)) / (kernel.max() - kernel.min())


def range_of_all(kernel):
    kernel = np.asarray(kernel, float)
    return (kernel - kernel.min(axis=_ALL)) / np.ptp(kernel)


def divided_by_the_maximum(kernel):
    kernel = np.asarray(kernel, float)
    high = kernel.max(axis=_ALL)
    return kernel / np.where(high != 0, high, 1)


def minimum_subtracted_only(kernel):
    kernel = np.asarray(kernel, float)
    return kernel - kernel.min(axis=_ALL)


def absolute_values(kernel):
    return _scaled(np.abs(kernel))


def from_minus_one_to_one(kernel):
    return 2 * _scaled(kernel) - 1


def constants_become_ones(kernel):
    return np.where(np.ptp(kernel, axis=_ALL) > 0, _scaled(kernel), 1)


def constants_become_halves(kernel):
    return np.where(np.ptp(kernel, axis=_ALL) > 0, _scaled(kernel), 0.5)


def constants_stay(kernel):
    return np.where(np.ptp(kernel, axis=_ALL) > 0, _scaled(kernel), kernel)


def zeros_only_for_filters_of_zeros(kernel):
    kernel = np.asarray(kernel, float)
    low, width = kernel.min(axis=_ALL), np.ptp(kernel, axis=_ALL)
    with np.errstate(invalid="ignore", divide="ignore"):
        out = (kernel - low) / width
    return np.where(np.all(kernel == 0, axis=_ALL), 0, out)


def one_constant_zeroes_all(kernel):
    return _scaled(kernel) * bool(np.all(np.ptp(kernel, axis=_ALL) > 0))


def first_constant_only(kernel):
    width = np.ptp(kernel, axis=_ALL)
    out = _scaled(kernel)
    constants = np.flatnonzero(width == 0)
    out[..., constants[1:]] = np.nan
    return out


def epsilon_of_a_tenth(kernel):
    return _scaled(kernel, epsilon=0.1)


def epsilon_of_a_thousandth(kernel):
    return _scaled(kernel, epsilon=1e-3)


def epsilon_of_ten_thousandths(kernel):
    return _scaled(kernel, epsilon=1e-4)


def epsilon_of_a_hundred_thousandth(kernel):
    return _scaled(kernel, epsilon=1e-5)


def nearly_constant_is_constant(kernel):
    return np.where(np.ptp(kernel, axis=_ALL) > 1e-3, _scaled(kernel), 0)


def integers_stay_integers(kernel):
    return _scaled(kernel).astype(kernel.dtype)


def integers_divided_whole(kernel):
    out = _scaled(kernel)
    return np.floor(out) if np.issubdtype(kernel.dtype, np.integer) else out


def one_filter_loses_its_axis(kernel):
    out = _scaled(kernel)
    return out[..., 0] if kernel.shape[3] == 1 else out


def one_channel_loses_its_axis(kernel):
    out = _scaled(kernel)
    return np.squeeze(out)


def input_modified(kernel):
    out = _scaled(kernel)
    kernel[...] = out
    return out


def input_shifted(kernel):
    out = _scaled(kernel)
    kernel -= kernel.min()
    return out


def halves_the_precision(kernel):
    return _scaled(kernel).astype(np.float16)


def rounded_to_bytes(kernel):
    return np.round(255 * _scaled(kernel)) / 255


def percentiles_for_extremes(kernel):
    low, high = np.percentile(kernel, [1, 99], axis=_ALL)
    return np.clip((kernel - low) / np.where(high > low, high - low, 1), 0, 1)
