"""Fifteen ways of writing a convolution and more, all of them right, and what each unit asks made
of them: an engine takes x (N, H, W, C), kernel (kh, kw, C, F), strides and dilations.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np


def sizes(x, kernel, s, d):
    spans = [d[axis] * (kernel.shape[axis] - 1) + 1 for axis in (0, 1)]
    return [(x.shape[axis + 1] - spans[axis]) // s[axis] + 1 for axis in (0, 1)]


def taps(x, kernel, s, d):
    """For each weight's position, the part of the input that it multiplies."""
    rows, columns = sizes(x, kernel, s, d)
    for u, v in itertools.product(*map(range, kernel.shape[:2])):
        top, left = u * d[0], v * d[1]
        bottom, right = top + (rows - 1) * s[0] + 1, left + (columns - 1) * s[1] + 1
        yield u, v, x[:, top : bottom : s[0], left : right : s[1]]


def windows(x, kernel, s, d):
    span = [d[axis] * (kernel.shape[axis] - 1) + 1 for axis in (0, 1)]
    view = np.lib.stride_tricks.sliding_window_view(x, span, axis=(1, 2))
    return view[:, :: s[0], :: s[1], :, :: d[0], :: d[1]]  # (N, H', W', C, kh, kw)


def empty(x, kernel, s, d, dtype=float):
    return np.zeros((len(x), *sizes(x, kernel, s, d), kernel.shape[3]), dtype)


def by_einsum(x, kernel, s, d):
    return np.einsum("nijcuv,uvcf->nijf", windows(x, kernel, s, d), kernel)


def by_einsum_in_float32(x, kernel, s, d):
    view = windows(x.astype(np.float32), kernel, s, d)
    return np.einsum("nijcuv,uvcf->nijf", view, kernel, optimize=True)


def by_matmul_of_each_weight(x, kernel, s, d):
    out = empty(x, kernel, s, d)
    for u, v, part in taps(x, kernel, s, d):
        out += part @ kernel[u, v]
    return out


def by_matmul_in_float32(x, kernel, s, d):
    out = empty(x, kernel, s, d, np.float32)
    for u, v, part in taps(x.astype(np.float32), kernel, s, d):
        out += part @ kernel[u, v]
    return out


def by_products_of_channels(x, kernel, s, d):
    out = empty(x, kernel, s, d)
    for u, v, part in taps(x, kernel, s, d):
        for c in range(x.shape[3]):
            out += part[..., c, None] * kernel[u, v, c]
    return out


def by_sums_in_order(x, kernel, s, d):
    return sum(part @ kernel[u, v] for u, v, part in taps(x.astype(float), kernel, s, d))


def by_sums_backwards(x, kernel, s, d):
    return sum(part @ kernel[u, v] for u, v, part in [*taps(x.astype(float), kernel, s, d)][::-1])


def by_tensordot(x, kernel, s, d):
    view = windows(x, kernel, s, d).transpose(0, 1, 2, 4, 5, 3)
    return np.tensordot(view, kernel, axes=3)


def by_columns(x, kernel, s, d):
    columns = [part.reshape(-1, x.shape[3]) for _, _, part in taps(x, kernel, s, d)]
    flat = np.hstack(columns) @ kernel.reshape(-1, kernel.shape[3])
    return flat.reshape(len(x), *sizes(x, kernel, s, d), -1)


def by_columns_per_filter(x, kernel, s, d):
    flat = windows(x, kernel, s, d).reshape(len(x), *sizes(x, kernel, s, d), -1)
    maps = [flat @ kernel[..., f].transpose(2, 0, 1).ravel() for f in range(kernel.shape[3])]
    return np.stack(maps, axis=-1)


def by_windows_one_by_one(x, kernel, s, d):
    out = empty(x, kernel, s, d)
    view = windows(x, kernel, s, d)
    for i, j in np.ndindex(out.shape[1:3]):
        out[:, i, j] = np.tensordot(view[:, i, j], kernel, axes=([1, 2, 3], [2, 0, 1]))
    return out


def by_sums_of_windows(x, kernel, s, d):
    out = empty(x, kernel, s, d)
    view = np.moveaxis(windows(x, kernel, s, d), 3, -1)
    for n, i, j, f in np.ndindex(out.shape):
        out[n, i, j, f] = (view[n, i, j] * kernel[..., f]).sum()
    return out


def by_dots(x, kernel, s, d):
    out = empty(x, kernel, s, d, np.float32)
    view = np.moveaxis(windows(x, kernel, s, d), 3, -1)
    flat = [kernel[..., f].ravel() for f in range(kernel.shape[3])]
    for n, i, j in np.ndindex(out.shape[:3]):
        window = view[n, i, j].ravel()
        out[n, i, j] = [np.dot(window, weights) for weights in flat]
    return out


def by_exact_sums(x, kernel, s, d):
    view = np.moveaxis(windows(x.astype(float), kernel, s, d), 3, -1)
    flat = view.reshape(*view.shape[:3], 1, -1) * kernel.reshape(-1, kernel.shape[3]).T.astype(
        float
    )
    return np.apply_along_axis(math.fsum, -1, flat)


def by_strides(x, kernel, s, d):
    n, h, w, c = x.strides
    rows, columns = sizes(x, kernel, s, d)
    view = np.lib.stride_tricks.as_strided(
        x,
        (len(x), rows, columns, *kernel.shape[:3]),
        (n, h * s[0], w * s[1], h * d[0], w * d[1], c),
        writeable=False,
    )
    return np.einsum("nijuvc,uvcf->nijf", view, kernel)


def by_spreading_the_kernel(x, kernel, s, d):
    span = [d[axis] * (kernel.shape[axis] - 1) + 1 for axis in (0, 1)]
    large = np.zeros((*span, *kernel.shape[2:]))
    large[:: d[0], :: d[1]] = kernel
    return by_matmul_of_each_weight(x, large, s, (1, 1))


def by_fourier(x, kernel, s, d):
    span = [d[axis] * (kernel.shape[axis] - 1) + 1 for axis in (0, 1)]
    large = np.zeros((*span, *kernel.shape[2:]))
    large[:: d[0], :: d[1]] = kernel
    weights = np.fft.rfft2(large, x.shape[1:3], axes=(0, 1)).conj()
    product = np.einsum("nuvc,uvcf->nuvf", np.fft.rfft2(x, axes=(1, 2)), weights)
    whole = np.fft.irfft2(product, x.shape[1:3], axes=(1, 2))
    rows, columns = sizes(x, kernel, (1, 1), d)
    return whole[:, :rows, :columns][:, :: s[0], :: s[1]]


def by_a_matrix(x, kernel, s, d):
    """Each output as a row of a matrix over the flattened image."""
    rows, columns = sizes(x, kernel, s, d)
    positions = np.arange(x[0].size).reshape(1, *x.shape[1:])
    reads = np.moveaxis(windows(positions, kernel, s, d)[0], 2, -1).reshape(rows * columns, -1)
    matrix = np.zeros((rows * columns, x[0].size, kernel.shape[3]))
    for row, read in enumerate(reads):
        matrix[row, read] = kernel.reshape(-1, kernel.shape[3])
    out = np.einsum("np,rpf->nrf", x.reshape(len(x), -1).astype(float), matrix)
    return out.reshape(len(x), rows, columns, -1)


def big_endian(x, kernel, s, d):
    return by_einsum(x, kernel, s, d).astype(">f8")


def longdouble(x, kernel, s, d):
    return by_einsum(x.astype(np.longdouble), kernel.astype(np.longdouble), s, d)


def in_fortran_order(x, kernel, s, d):
    return np.asfortranarray(by_tensordot(x, kernel, s, d))


ENGINES: list[Callable[..., np.ndarray]] = [
    by_einsum,
    by_einsum_in_float32,
    by_matmul_of_each_weight,
    by_matmul_in_float32,
    by_products_of_channels,
    by_sums_in_order,
    by_sums_backwards,
    by_tensordot,
    by_columns,
    by_columns_per_filter,
    by_windows_one_by_one,
    by_sums_of_windows,
    by_dots,
    by_exact_sums,
    by_strides,
    by_spreading_the_kernel,
    by_fourier,
    by_a_matrix,
    big_endian,
    longdouble,
    in_fortran_order,
]
ONE = (1, 1)


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def zeros_around(x, kernel_size, strides):
    amounts = []
    for n, k, s in zip(x.shape[1:3], kernel_size, strides, strict=True):
        total = max((-(-n // s) - 1) * s + k - n, 0)
        amounts.append((total // 2, total - total // 2))
    return np.pad(x, [(0, 0), *amounts, (0, 0)])


def correlacion2d(engine):
    return lambda imagen, kernel: engine(
        imagen[None, ..., None], kernel[..., None, None], ONE, ONE
    )[0, ..., 0]


def convolucion_verdadera(engine):
    return lambda imagen, kernel: engine(
        imagen[None, ..., None], kernel[::-1, ::-1, None, None], ONE, ONE
    )[0, ..., 0]


def correlacion_multicanal(engine):
    return lambda imagen, kernel: engine(imagen[None], kernel[..., None], ONE, ONE)[0, ..., 0]


def layer(engine):
    return lambda x, kernel, bias: engine(x, kernel, ONE, ONE) + bias


def conv2d(engine):
    def conv2d(x, kernel, bias, strides=1, padding="valid"):
        s = pair(strides)
        if padding == "same":
            x = zeros_around(x, kernel.shape[:2], s)
        return engine(x, kernel, s, ONE) + bias

    return conv2d


def conv2d_dilatada(engine):
    return lambda x, kernel, bias, dilation_rate=1: (
        engine(x, kernel, ONE, pair(dilation_rate)) + bias
    )


def conv2d_grupos(engine):
    def conv2d_grupos(x, kernel, bias, groups=1):
        inputs, filters = np.split(x, groups, axis=3), np.split(kernel, groups, axis=3)
        parts = [
            engine(np.ascontiguousarray(each), np.ascontiguousarray(part), ONE, ONE)
            for each, part in zip(inputs, filters, strict=True)
        ]
        return np.concatenate(parts, axis=3) + bias

    return conv2d_grupos


def pooled(engine, pool_size, strides, padding):
    """Of an image (N, H, W, C), the pixels of each window, one after the other, by the engine."""
    size = pair(pool_size)
    steps = size if strides is None else pair(strides)
    one_hot = np.eye(size[0] * size[1]).reshape(*size, 1, -1)  # a filter for each pixel

    def seen(x):
        x = zeros_around(x, size, steps) if padding == "same" else x
        channels = [np.ascontiguousarray(x[..., c, None]) for c in range(x.shape[3])]
        return np.stack([engine(each, one_hot, steps, ONE) for each in channels], axis=3)

    return seen


def max_pooling2d(engine):
    def max_pooling2d(x, pool_size, strides=None, padding="valid"):
        seen = pooled(engine, pool_size, strides, padding)
        x, least = x.astype(float), float(x.min())
        return seen(x - least).max(axis=-1) + least  # above the least, a zero never wins

    return max_pooling2d


def average_pooling2d(engine):
    def average_pooling2d(x, pool_size, strides=None, padding="valid"):
        seen = pooled(engine, pool_size, strides, padding)
        return seen(x.astype(float)).sum(axis=-1) / seen(np.ones(x.shape)).sum(axis=-1)

    return average_pooling2d


FUNCTIONS = {
    "1_convolucion.correlacion2d": correlacion2d,
    "1_convolucion.convolucion_verdadera": convolucion_verdadera,
    "1_convolucion.correlacion_multicanal": correlacion_multicanal,
    "1_convolucion.conv2d": layer,
    "4_padding.conv2d": conv2d,
    "4_padding.max_pooling2d": max_pooling2d,
    "4_padding.average_pooling2d": average_pooling2d,
    "4_padding.conv2d_dilatada": conv2d_dilatada,
    "4_padding.conv2d_grupos": conv2d_grupos,
}
