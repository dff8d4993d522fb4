"""The functions of filters, each written in many ways that are all right."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from right_registry import right

# --- Sobel ----------------------------------------------------------------------------------------

SOBEL = "2_filtros.filtro_sobel"


@right(SOBEL)
def from_a_dictionary(eje):
    filters = {
        "x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
        "y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    }
    if eje not in filters:
        raise ValueError(f"eje {eje!r}")
    return np.array(filters[eje])


@right(SOBEL)
def smoothing_by_derivative(eje):
    smooth, derivative = np.array([[1, 2, 1]]), np.array([[-1, 0, 1]])
    if eje == "x":
        return smooth.T @ derivative
    elif eje == "y":
        return derivative.T @ smooth
    else:
        raise ValueError("eje")


@right(SOBEL)
def by_np_outer(eje):
    if eje not in ("x", "y"):
        raise ValueError(eje)
    pair = ([1, 2, 1], [-1, 0, 1])
    return np.outer(*(pair if eje == "x" else pair[::-1]))


@right(SOBEL)
def by_a_formula_of_the_indices(eje):
    if eje not in {"x", "y"}:
        raise ValueError(f"esperaba x o y, y llegó {eje}")
    i, j = np.mgrid[-1:2, -1:2]
    return j * (2 - abs(i)) if eje == "x" else i * (2 - abs(j))


@right(SOBEL)
def by_np_fromfunction(eje):
    def weight(row, column):
        along, across = (column, row) if eje == "x" else (row, column)
        return (along - 1) * (2 - np.abs(across - 1))

    if eje != "x" and eje != "y":
        raise ValueError("el eje es x o y")
    return np.fromfunction(weight, (3, 3))


@right(SOBEL)
def filling_zeros(eje):
    s = np.zeros((3, 3))
    if eje == "x":
        s[:, 0], s[:, 2] = [-1, -2, -1], [1, 2, 1]
    elif eje == "y":
        s[0], s[2] = [-1, -2, -1], [1, 2, 1]
    else:
        raise ValueError(f"eje desconocido: {eje!r}")
    return s


@right(SOBEL)
def by_matching(eje):
    match eje:
        case "x":
            columns = np.array([[-1, 0, 1]] * 3)
            return columns * [[1], [2], [1]]
        case "y":
            return np.array([[-1, 0, 1]] * 3).T * [1, 2, 1]
    raise ValueError("x o y")


@right(SOBEL)
def by_reshaping(eje):
    s = np.array([-1, 0, 1, -2, 0, 2, -1, 0, 1], np.float32).reshape(3, 3)
    orders = {"x": (0, 1), "y": (1, 0)}
    try:
        return s.transpose(orders[eje])
    except KeyError:
        raise ValueError(f"no hay un filtro para {eje!r}") from None


@right(SOBEL)
def by_einsum_of_vectors(eje):
    subscripts = {"x": "i,j->ij", "y": "i,j->ji"}.get(eje)
    if subscripts is None:
        raise ValueError(str(eje))
    return np.einsum(subscripts, [1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])


@right(SOBEL)
def by_an_enum(eje):
    class Axis(Enum):
        x = 0
        y = 1

    if not isinstance(eje, str) or eje not in Axis.__members__:
        raise ValueError(f"{eje} no es un eje")
    s = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.swapaxes(s, 0, 1) if Axis[eje].value else s


@right(SOBEL)
def by_a_comprehension(eje):
    if eje == "x":
        return np.array([[w * d for d in (-1, 0, 1)] for w in (1, 2, 1)])
    if eje == "y":
        return np.array([[w * d for w in (1, 2, 1)] for d in (-1, 0, 1)])
    raise ValueError("eje debe ser «x» o «y»")


@right(SOBEL)
def by_convolving_two(eje):
    if eje not in ["x", "y"]:
        raise ValueError("eje")
    smooth = np.convolve([1, 1], [1, 1])
    derivative = -np.convolve([1, 1], [1, -1])
    s = np.multiply.outer(smooth, derivative)
    return s if eje == "x" else np.ascontiguousarray(s.T)


@right(SOBEL)
def by_turning_it(eje):
    s = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], np.int8)
    if eje == "y":
        return s
    if eje == "x":
        return np.fliplr(np.rot90(s, -1))
    raise ValueError(repr(eje))


# --- Gaussian -------------------------------------------------------------------------------------

GAUSSIAN = "2_filtros.filtro_gaussiano"


@right(GAUSSIAN)
def by_two_loops(tamano, sigma):
    c = (tamano - 1) / 2
    g = np.zeros((tamano, tamano))
    for i in range(tamano):
        for j in range(tamano):
            g[i, j] = np.exp(-((i - c) ** 2 + (j - c) ** 2) / (2 * sigma**2))
    return g / g.sum()


@right(GAUSSIAN)
def by_lists_and_math(tamano, sigma):
    c = (tamano - 1) / 2
    rows = [
        [math.exp(-(math.hypot(i - c, j - c) ** 2) / (2 * sigma**2)) for j in range(tamano)]
        for i in range(tamano)
    ]
    total = math.fsum(map(math.fsum, rows))
    return np.array([[weight / total for weight in row] for row in rows])


@right(GAUSSIAN)
def by_meshgrid(tamano, sigma):
    axis = np.linspace(-(tamano - 1) / 2, (tamano - 1) / 2, tamano)
    x, y = np.meshgrid(axis, axis)
    g = np.exp(-0.5 * (x**2 + y**2) / sigma**2)
    return g / np.sum(g)


@right(GAUSSIAN)
def by_normalised_axes(tamano, sigma):
    g = np.exp(-((np.arange(tamano) - (tamano - 1) / 2) ** 2) / (2 * sigma**2))
    g /= g.sum()
    return g[:, None] * g


@right(GAUSSIAN)
def by_mgrid(tamano, sigma):
    i, j = np.mgrid[:tamano, :tamano] - (tamano - 1) / 2
    g = np.exp(-(np.hypot(i, j) ** 2) / 2 / sigma / sigma)
    return np.divide(g, g.sum())


@right(GAUSSIAN)
def by_indices(tamano, sigma):
    distance = np.indices((tamano, tamano)) * 2.0 - (tamano - 1)  # twice the distance
    return _softmax(-(distance**2).sum(axis=0) / (8 * sigma**2))


def _softmax(exponents):
    weights = np.exp(exponents - exponents.max())
    return weights / weights.sum()


@right(GAUSSIAN)
def by_a_density(tamano, sigma):
    c = (tamano - 1) / 2
    density = [
        1 / (sigma * math.sqrt(2 * math.pi)) * math.exp(-(((i - c) / sigma) ** 2) / 2)
        for i in range(tamano)
    ]
    g = np.outer(density, density)
    return g / g.sum()


@right(GAUSSIAN)
def by_broadcast_in_float32(tamano, sigma):
    d = np.arange(tamano, dtype=np.float32) - np.float32((tamano - 1) / 2)
    squares = np.add.outer(d * d, d * d)
    squares -= squares.min()
    g = np.exp(-squares / np.float32(2 * sigma**2))
    return g / g.sum(dtype=np.float64)


@right(GAUSSIAN)
def by_fromfunction(tamano, sigma):
    c = (tamano - 1) / 2
    g = np.fromfunction(
        lambda i, j: np.exp(-((i - c) ** 2 + (j - c) ** 2) / (2 * sigma**2)), (tamano, tamano)
    )
    g *= 1 / g.sum()
    return g


@right(GAUSSIAN)
def by_column_and_row_matrices(tamano, sigma):
    d = (np.arange(tamano) - (tamano - 1) / 2).reshape(-1, 1)
    g = np.exp(-(d**2) / (2 * sigma**2))
    return (g @ g.T) / (g.sum() * g.sum())


@right(GAUSSIAN)
def by_ndindex(tamano, sigma):
    c, g = (tamano - 1) / 2, np.empty((tamano, tamano))
    for place in np.ndindex(g.shape):
        offset = np.array(place) - c
        g[place] = np.exp(-np.dot(offset, offset) / (2 * np.square(sigma)))
    return g / g.ravel().sum()


@right(GAUSSIAN)
def by_a_table_of_distances(tamano, sigma):
    table = {}
    g = np.zeros((tamano, tamano))
    for i, j in itertools.product(range(tamano), repeat=2):
        doubled = (2 * i - tamano + 1) ** 2 + (2 * j - tamano + 1) ** 2
        if doubled not in table:
            table[doubled] = math.exp(-doubled / (8 * sigma**2))
        g[i, j] = table[doubled]
    return g / g.sum()


@right(GAUSSIAN)
def by_powers_of_e(tamano, sigma):
    d = np.arange(tamano) - (tamano - 1) / 2
    exponents = (d[None, :] ** 2 + d[:, None] ** 2) / (2 * sigma**2)
    g = np.power(np.e, -exponents)
    return (g / g.sum()).T


# --- normalised filters ---------------------------------------------------------------------------

NORMAL = "2_filtros.normalizar_filtros"


@right(NORMAL)
def by_np_divide_where(kernel):
    low = kernel.min(axis=(0, 1, 2), keepdims=True)
    spread = kernel.max(axis=(0, 1, 2), keepdims=True) - low
    out = np.zeros(kernel.shape)
    np.divide(kernel - low, spread, out=out, where=spread != 0)
    return out


@right(NORMAL)
def by_a_comprehension_of_filters(kernel):
    def one(w):
        spread = w.max() - w.min()
        return (w - w.min()) / spread if spread else np.zeros(w.shape)

    return np.stack([one(kernel[..., f]) for f in range(kernel.shape[-1])], axis=-1)


@right(NORMAL)
def by_flattening(kernel):
    flat = kernel.reshape(-1, kernel.shape[3]).astype(float)
    flat -= flat.min(axis=0)
    top = flat.max(axis=0)
    top[top == 0] = 1
    return (flat / top).reshape(kernel.shape)


@right(NORMAL)
def by_np_ptp(kernel):
    spread = np.ptp(kernel, axis=(0, 1, 2))
    return (kernel - np.min(kernel, axis=(0, 1, 2))) / (spread + (spread == 0))


@right(NORMAL)
def by_nan_to_num(kernel):
    low, high = kernel.min((0, 1, 2)), kernel.max((0, 1, 2))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num((kernel - low) / (high - low))


@right(NORMAL)
def by_a_copy_changed_in_place(kernel):
    k = np.array(kernel, dtype=float)
    for f in range(k.shape[3]):
        k[:, :, :, f] -= k[:, :, :, f].min()
        if k[:, :, :, f].max() > 0:
            k[:, :, :, f] /= k[:, :, :, f].max()
    return k


@right(NORMAL)
def by_transposing(kernel):
    filters = np.moveaxis(kernel, 3, 0)
    out = np.zeros(filters.shape)
    for number, w in enumerate(filters):
        low, high = w.min(), w.max()
        if low != high:
            out[number] = (w - low) / (high - low)
    return out.transpose(1, 2, 3, 0)


@right(NORMAL)
def by_plain_loops(kernel):
    kh, kw, channels, filters = kernel.shape
    out = np.zeros((kh, kw, channels, filters))
    for f in range(filters):
        weights = [
            float(kernel[i, j, c, f]) for i in range(kh) for j in range(kw) for c in range(channels)
        ]
        low, high = min(weights), max(weights)
        for i, j, c in itertools.product(range(kh), range(kw), range(channels)):
            out[i, j, c, f] = (kernel[i, j, c, f] - low) / (high - low) if high > low else 0
    return out


@right(NORMAL)
def by_np_interp(kernel):
    out = np.zeros(kernel.shape)
    for f in range(kernel.shape[-1]):
        w = kernel[..., f]
        if w.min() < w.max():
            out[..., f] = np.interp(w, [w.min(), w.max()], [0, 1])
    return out


@right(NORMAL)
def by_apply_along_axis(kernel):
    def one(weights):
        weights = weights.astype(float) - weights.min()
        return weights / (weights.max() or 1)

    flat = kernel.reshape(-1, kernel.shape[-1])
    return np.apply_along_axis(one, 0, flat).reshape(kernel.shape)


@right(NORMAL)
def by_sorting_the_weights(kernel):
    ordered = np.sort(kernel.reshape(-1, kernel.shape[3]), axis=0)
    low, high = ordered[0], ordered[-1]
    return np.where(high > low, (kernel - low) / np.where(high > low, high - low, 1), 0.0)


@right(NORMAL)
def by_reducing_axis_by_axis(kernel):
    low = kernel.min(axis=0).min(axis=0).min(axis=0)
    high = np.maximum.reduce(kernel, axis=(0, 1, 2))
    scale = np.array([1 / (b - a) if b != a else 1.0 for a, b in zip(low, high, strict=True)])
    return (kernel - low) * scale


@right(NORMAL)
def by_a_class_of_ranges(kernel):
    @dataclass
    class Range:
        low: float
        high: float

        def scaled(self, weights):
            size = self.high - self.low
            return (weights - self.low) / size if size > 0 else 0 * weights.astype(float)

    filters = np.split(kernel, kernel.shape[3], axis=3)
    return np.concatenate([Range(w.min(), w.max()).scaled(w) for w in filters], axis=3)
