"""Versiones erróneas que aciertan con muchas entradas: ninguna debe pasar en ninguna ejecución."""

import numpy as np


def _pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def _amounts(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def _version(amounts, pad=np.pad):
    """Una función entera; ``amounts`` recibe (alto, ancho), (kh, kw) y (sh, sw)."""

    def rellenar(x, kernel_size, strides=1):
        filas, columnas = amounts(x.shape[1:3], _pair(kernel_size), _pair(strides))
        return pad(x, [(0, 0), filas, columnas, (0, 0)])

    return rellenar


def _each(function):
    return _version(lambda n, k, s: tuple(map(function, n, k, s)))


none_if_the_stride_reaches_the_kernel = _each(
    lambda n, k, s: (0, 0) if s >= k else _amounts(n, k, s)
)
none_if_the_stride_passes_the_kernel = _each(lambda n, k, s: (0, 0) if s > k else _amounts(n, k, s))
height_for_both = _version(lambda n, k, s: (_amounts(n[0], k[0], s[0]), _amounts(n[0], k[1], s[1])))
width_for_both = _version(lambda n, k, s: (_amounts(n[1], k[0], s[0]), _amounts(n[1], k[1], s[1])))
first_stride_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[0]), _amounts(n[1], k[1], s[0]))
)
second_stride_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[1]), _amounts(n[1], k[1], s[1]))
)
largest_stride_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[0], max(s)), _amounts(n[1], k[1], max(s)))
)
smallest_stride_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[0], min(s)), _amounts(n[1], k[1], min(s)))
)
strides_swapped = _version(lambda n, k, s: (_amounts(n[0], k[0], s[1]), _amounts(n[1], k[1], s[0])))
kernel_swapped = _version(lambda n, k, s: (_amounts(n[0], k[1], s[0]), _amounts(n[1], k[0], s[1])))
first_side_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[0]), _amounts(n[1], k[0], s[1]))
)
second_side_for_both = _version(
    lambda n, k, s: (_amounts(n[0], k[1], s[0]), _amounts(n[1], k[1], s[1]))
)
strides_ignored_in_the_rows = _version(
    lambda n, k, s: (_amounts(n[0], k[0], 1), _amounts(n[1], k[1], s[1]))
)
strides_ignored_in_the_columns = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[0]), _amounts(n[1], k[1], 1))
)
rows_get_what_columns_need = _version(
    lambda n, k, s: (_amounts(n[1], k[1], s[1]), _amounts(n[0], k[0], s[0]))
)
rows_reversed = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[0])[::-1], _amounts(n[1], k[1], s[1]))
)
columns_reversed = _version(
    lambda n, k, s: (_amounts(n[0], k[0], s[0]), _amounts(n[1], k[1], s[1])[::-1])
)
as_if_a_multiple = _each(lambda n, k, s: (max(k - s, 0) // 2, max(k - s, 0) - max(k - s, 0) // 2))
as_if_no_multiple = _each(
    lambda n, k, s: _amounts(n, k, 1) if s == 1 else _amounts(n + (n % s == 0), k, s)
)
half_of_the_kernel_for_odd_ones = _each(
    lambda n, k, s: (k // 2, k // 2) if k % 2 else _amounts(n, k, s)
)
half_of_the_kernel_without_strides = _each(
    lambda n, k, s: (k // 2, k // 2) if s == 1 else _amounts(n, k, s)
)
negative_turned_positive = _each(
    lambda n, k, s: (
        abs((-(-n // s) - 1) * s + k - n) // 2,
        abs((-(-n // s) - 1) * s + k - n) - abs((-(-n // s) - 1) * s + k - n) // 2,
    )
)
rounds_the_output_down = _each(
    lambda n, k, s: _amounts(n // s * s, k, s) if n % s == 0 else (0, max(k - s, 0))
)
rounded_as_python_does = _each(
    lambda n, k, s: (
        round(sum(_amounts(n, k, s)) / 2),
        sum(_amounts(n, k, s)) - round(sum(_amounts(n, k, s)) / 2),
    )
)
all_after = _each(lambda n, k, s: (0, sum(_amounts(n, k, s))))
one_before = _each(
    lambda n, k, s: (
        min(1, sum(_amounts(n, k, s)) // 2),
        sum(_amounts(n, k, s)) - min(1, sum(_amounts(n, k, s)) // 2),
    )
)
both_sides_rounded_up = _each(lambda n, k, s: (_amounts(n, k, s)[1],) * 2)
both_sides_rounded_down = _each(lambda n, k, s: (_amounts(n, k, s)[0],) * 2)


def _same(n, k, s):
    return tuple(map(_amounts, n, k, s))


ones_instead_of_zeros = _version(_same, lambda x, p: np.pad(x, p, constant_values=1))
mean_instead_of_zeros = _version(_same, lambda x, p: np.pad(x, p, mode="mean"))
wraps_around = _version(_same, lambda x, p: np.pad(x, p, mode="wrap"))
mirrors = _version(_same, lambda x, p: np.pad(x, p, mode="reflect"))
rounds_the_image = _version(_same, lambda x, p: np.pad(np.round(x), p))
casts_to_integers = _version(_same, lambda x, p: np.pad(x.astype(int), p))
halves_the_precision = _version(_same, lambda x, p: np.pad(x.astype(np.float16), p))
bytes_scaled = _version(_same, lambda x, p: np.pad(x / 255 if x.dtype == np.uint8 else x, p))
bytes_wrapped = _version(
    _same, lambda x, p: np.pad(x.astype(np.int8) if x.dtype == np.uint8 else x, p)
)
channels_padded_too = _version(_same, lambda x, p: np.pad(x, [p[0], p[1], p[2], p[1]]))
drops_the_batch = _version(_same, lambda x, p: np.pad(x[:1], p))
transposed = _version(_same, lambda x, p: np.pad(x, p).swapaxes(1, 2))


def only_the_first_two_images(x, kernel_size, strides=1):
    filas, columnas = _same(x.shape[1:3], _pair(kernel_size), _pair(strides))
    salida = np.pad(x, [(0, 0), filas, columnas, (0, 0)])
    salida[2:] = 0
    return salida


def pairs_ignore_the_strides(x, kernel_size, strides=1):
    s = _pair(1) if np.ndim(kernel_size) else _pair(strides)
    filas, columnas = _same(x.shape[1:3], _pair(kernel_size), s)
    return np.pad(x, [(0, 0), filas, columnas, (0, 0)])


def fails_with_an_integer_kernel_and_a_pair_of_strides(x, kernel_size, strides=1):
    if np.ndim(kernel_size) == 0 and np.ndim(strides):
        raise TypeError("strides")
    filas, columnas = _same(x.shape[1:3], _pair(kernel_size), _pair(strides))
    return np.pad(x, [(0, 0), filas, columnas, (0, 0)])
