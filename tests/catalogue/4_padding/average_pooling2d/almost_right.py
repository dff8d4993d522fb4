"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def _amounts(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def _version(
    size=lambda k: k,
    steps=lambda s, k: s,
    amounts=_amounts,
    reduce=np.nanmean,
    fill=np.nan,
    before=lambda x: x.astype(float),
    after=lambda y: y,
    pads=lambda padding, k, s: padding == "same",
):
    """Una función entera; cada opción cambia un paso de la correcta."""

    def average_pooling2d(x, pool_size, strides=None, padding="valid"):
        k = size(_pair(pool_size))
        s = steps(None if strides is None else _pair(strides), k) or k
        x = before(x)
        if pads(padding, k, s):
            filas, columnas = amounts(x.shape[1], k[0], s[0]), amounts(x.shape[2], k[1], s[1])
            x = np.pad(x.astype(float), [(0, 0), filas, columnas, (0, 0)], constant_values=fill)
        ventanas = np.lib.stride_tricks.sliding_window_view(x, k, axis=(1, 2))
        return after(reduce(ventanas[:, :: s[0], :: s[1]], axis=(4, 5)))

    return average_pooling2d


steps_of_two_by_default = _version(steps=lambda s, k: s or (2, 2))
step_of_the_height_by_default = _version(steps=lambda s, k: s or (k[0], k[0]))
step_of_the_width_by_default = _version(steps=lambda s, k: s or (k[1], k[1]))
first_step_for_both = _version(steps=lambda s, k: s and (s[0], s[0]))
second_step_for_both = _version(steps=lambda s, k: s and (s[1], s[1]))
steps_never_above_the_window = _version(steps=lambda s, k: s and (min(s[0], k[0]), min(s[1], k[1])))
steps_never_below_the_window = _version(steps=lambda s, k: s and (max(s[0], k[0]), max(s[1], k[1])))
at_most_three = _version(size=lambda k: (min(k[0], 3), min(k[1], 3)))
at_least_two = _version(size=lambda k: (max(k[0], 2), max(k[1], 2)))
height_for_both = _version(size=lambda k: (k[0], k[0]))
swapped = _version(size=lambda k: k[::-1])
odd_gap_first = _version(amounts=lambda n, k, s: _amounts(n, k, s)[::-1])
all_gaps_after = _version(amounts=lambda n, k, s: (0, sum(_amounts(n, k, s))))
gaps_of_step_one = _version(amounts=lambda n, k, s: _amounts(n, k, 1))
half_the_window = _version(amounts=lambda n, k, s: (k // 2, k // 2))
zeros_at_the_border = _version(reduce=np.mean, fill=0)
padded_only_without_steps = _version(pads=lambda p, k, s: p == "same" and s == k)
padded_only_with_shared_pixels = _version(pads=lambda p, k, s: p == "same" and s[0] < k[0])
only_two_images = _version(before=lambda x: x * (np.arange(len(x)) < 2)[:, None, None, None])
only_two_channels = _version(before=lambda x: x * (np.arange(x.shape[3]) < 2))
signed_bytes = _version(before=lambda x: (x.astype(np.int8) if x.dtype == np.uint8 else x) * 1.0)
clipped_to_bytes = _version(after=lambda y: np.clip(y, -3, 255))
positive_only = _version(after=lambda y: np.maximum(y, 0))
cut = _version(after=np.trunc)
lost_axes = _version(after=np.squeeze)
bytes_added_in_bytes = _version(
    before=lambda x: x // 2 * 2 if x.dtype == np.uint8 else x.astype(float)
)
median = _version(reduce=np.nanmedian)
