"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def _amounts(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def _convolve(x, kernel, bias, sh, sw):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijf", windows[:, ::sh, ::sw], kernel.astype(float)) + bias


def _version(amounts=_amounts, pad=np.pad, convolve=_convolve, strides_of=_pair):
    def conv2d(x, kernel, bias, strides=1, padding="valid"):
        (kh, kw), (sh, sw) = kernel.shape[:2], strides_of(strides)
        if padding == "same":
            filas, columnas = amounts(x.shape[1], kh, sh), amounts(x.shape[2], kw, sw)
            x = pad(x, [(0, 0), filas, columnas, (0, 0)])
        return convolve(x, kernel, bias, sh, sw)

    return conv2d


# --- el relleno ----------------------------------------------------------------------------------

none_if_the_stride_reaches_the_kernel = _version(
    lambda n, k, s: (0, 0) if s >= k else _amounts(n, k, s)
)
none_if_the_stride_passes_the_kernel = _version(
    lambda n, k, s: (0, 0) if s > k else _amounts(n, k, s)
)
as_if_a_multiple = _version(
    lambda n, k, s: (max(k - s, 0) // 2, max(k - s, 0) - max(k - s, 0) // 2)
)
half_of_the_kernel_for_odd_ones = _version(
    lambda n, k, s: ((k - 1) // 2,) * 2 if k % 2 else _amounts(n, k, s)
)
half_of_the_kernel_without_strides = _version(
    lambda n, k, s: (k // 2, k // 2) if s == 1 else _amounts(n, k, s)
)
odd_zero_first_with_strides = _version(
    lambda n, k, s: _amounts(n, k, s)[::-1] if s > 1 else _amounts(n, k, s)
)
odd_zero_first_without_strides = _version(
    lambda n, k, s: _amounts(n, k, s)[::-1] if s == 1 else _amounts(n, k, s)
)
strides_ignored_by_the_padding = _version(
    lambda n, k, s: ((k - 1) // 2, k // 2 + (-(n + k - 1 - k) % s if s > 1 else 0))
)
rounded_as_python_does = _version(
    lambda n, k, s: (
        round(sum(_amounts(n, k, s)) / 2),
        sum(_amounts(n, k, s)) - round(sum(_amounts(n, k, s)) / 2),
    )
)
all_after = _version(lambda n, k, s: (0, sum(_amounts(n, k, s))))
all_before = _version(lambda n, k, s: (sum(_amounts(n, k, s)), 0))
pads_with_the_edge = _version(pad=lambda x, p: np.pad(x, p, mode="edge"))
pads_with_ones = _version(pad=lambda x, p: np.pad(x, p, constant_values=1))
pads_rows_only = _version(pad=lambda x, p: np.pad(x, [p[0], p[1], (0, 0), (0, 0)]))
rows_and_columns_padded_alike = _version(pad=lambda x, p: np.pad(x, [(0, 0), p[1], p[1], (0, 0)]))
rows_and_columns_padded_as_columns = _version(
    pad=lambda x, p: np.pad(x, [(0, 0), p[2], p[2], (0, 0)])
)
bytes_padded_as_signed = _version(
    pad=lambda x, p: np.pad(x.astype(np.int8) if x.dtype == np.uint8 else x, p)
)

# --- el paso -------------------------------------------------------------------------------------

first_stride_for_both = _version(strides_of=lambda s: _pair(_pair(s)[0]))
second_stride_for_both = _version(strides_of=lambda s: _pair(_pair(s)[1]))
largest_stride_for_both = _version(strides_of=lambda s: _pair(max(_pair(s))))
smallest_stride_for_both = _version(strides_of=lambda s: _pair(min(_pair(s))))
strides_swapped = _version(strides_of=lambda s: _pair(s)[::-1])
at_most_3 = _version(strides_of=lambda s: tuple(min(n, 3) for n in _pair(s)))
at_most_2 = _version(strides_of=lambda s: tuple(min(n, 2) for n in _pair(s)))
at_most_the_kernel = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x, k, b, min(sh, k.shape[0]), min(sw, k.shape[1]))
)
one_pixel_late = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x[:, (sh > 1) :, (sw > 1) :], k, b, sh, sw)
)


def _positions(x, k, b, sh, sw, rows, columns):
    out = np.zeros((len(x), rows, columns, k.shape[3]))
    for i in range(rows):
        for j in range(columns):
            window = x[:, i * sh : i * sh + k.shape[0], j * sw : j * sw + k.shape[1]]
            if window.shape[1:3] == k.shape[:2]:
                out[:, i, j] = np.tensordot(window, k, axes=3) + b
    return out


size_with_n_over_s = _version(
    convolve=lambda x, k, b, sh, sw: _positions(
        x, k, b, sh, sw, (x.shape[1] - k.shape[0] + 1) // sh, (x.shape[2] - k.shape[1] + 1) // sw
    )
)
size_rounded_up = _version(
    convolve=lambda x, k, b, sh, sw: _positions(
        x,
        k,
        b,
        sh,
        sw,
        -(-(x.shape[1] - k.shape[0]) // sh) + 1,
        -(-(x.shape[2] - k.shape[1]) // sw) + 1,
    )
)
size_rounded_to_the_nearest = _version(
    convolve=lambda x, k, b, sh, sw: _positions(
        x,
        k,
        b,
        sh,
        sw,
        round((x.shape[1] - k.shape[0]) / sh) + 1,
        round((x.shape[2] - k.shape[1]) / sw) + 1,
    )
)
strides_of_the_columns_in_the_rows = _version(
    convolve=lambda x, k, b, sh, sw: _positions(
        x, k, b, sw, sw, (x.shape[1] - k.shape[0]) // sh + 1, (x.shape[2] - k.shape[1]) // sw + 1
    )
)

# --- la suma -------------------------------------------------------------------------------------

only_two_images = _version(
    convolve=lambda x, k, b, sh, sw: np.concatenate(
        [_convolve(x[:2], k, b, sh, sw), 0 * _convolve(x[2:], k, b, sh, sw)]
    )
)
last_image_repeated_from_the_third = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x[np.minimum(np.arange(len(x)), 1)], k, b, sh, sw)
)
batch_of_one_loses_its_axis = _version(
    convolve=lambda x, k, b, sh, sw: np.squeeze(_convolve(x, k, b, sh, sw))
)
bias_of_the_first_two_filters = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x, k, b[np.minimum(np.arange(len(b)), 1)], sh, sw)
)
no_bias_with_same = _version(
    pad=lambda x, p: np.pad(x, p),
    convolve=lambda x, k, b, sh, sw: _convolve(x, k, b * (sh == 1), sh, sw),
)
flipped_with_same_only = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x, k[::-1, ::-1] if sh > 1 else k, b, sh, sw)
)
first_two_channels = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x[..., :2], k[:, :, :2], b, sh, sw)
)
at_most_three_filters = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x, k * (np.arange(k.shape[3]) < 3), b, sh, sw)
)
bytes_multiplied_in_bytes = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(
        x, np.trunc(k) if x.dtype == np.uint8 else k, b, sh, sw
    )
)
halves_the_precision = _version(
    convolve=lambda x, k, b, sh, sw: _convolve(x, k, b, sh, sw).astype(np.float16)
)
