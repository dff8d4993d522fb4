"""Kernels de Numba del max pooling: el máximo de cada ventana y a quién se lo debe.

El ganador se guarda como su lugar en la ventana, ``fila * ancho + columna``: con ventanas pequeñas,
un byte.
"""

from __future__ import annotations

import numpy as np

from . import turns as turns_module
from .compilation import cached_jit
from .turns import Turns, next_turn

Pair = tuple[int, int]

_jit = cached_jit(turns_module)


@_jit
def _max_pool(
    x: np.ndarray,
    pool: Pair,
    strides: Pair,
    before: Pair,
    out: np.ndarray,
    winners: np.ndarray,
    start: int,
    stop: int,
) -> None:
    _, rows, columns, channels = x.shape
    _, height, width, _ = out.shape
    (row_step, column_step), (row_padding, column_padding) = strides, before
    pool_rows, pool_columns = pool
    pixels = x.reshape(-1, channels)
    for n in range(start, stop):
        for i in range(height):
            top = i * row_step - row_padding
            for j in range(width):
                left = j * column_step - column_padding
                best, winner = out[n, i, j], winners[n, i, j]
                bottom, right = min(top + pool_rows, rows), min(left + pool_columns, columns)
                first_row, first_column = max(top, 0), max(left, 0)
                if pool == (2, 2) and bottom - first_row == 2 and right - first_column == 2:
                    # A whole window in one pass. Without a sign in the indices, which Numba would
                    # look at, LLVM makes vectors of the channels.
                    at, down = np.uint64((n * rows + top) * columns + left), np.uint64(columns)
                    a, b = pixels[at], pixels[at + np.uint64(1)]
                    c, d = pixels[at + down], pixels[at + down + np.uint64(1)]
                    for k in range(channels):
                        value, place = a[k], 0
                        if b[k] > value or b[k] != b[k]:
                            value, place = b[k], 1
                        if c[k] > value or c[k] != c[k]:
                            value, place = c[k], 2
                        if d[k] > value or d[k] != d[k]:
                            value, place = d[k], 3
                        best[k] = value
                        winner[k] = place
                    continue
                winner[:] = 0
                best[:] = -np.inf
                for r in range(first_row, bottom):
                    for q in range(first_column, right):
                        pixel, place = x[n, r, q], (r - top) * pool_columns + q - left
                        first = r == first_row and q == first_column
                        for k in range(channels):
                            if first or pixel[k] > best[k] or pixel[k] != pixel[k]:
                                best[k] = pixel[k]
                                winner[k] = place


@_jit
def max_pool(
    turns: Turns,
    x: np.ndarray,
    pool: Pair,
    strides: Pair,
    before: Pair,
    out: np.ndarray,
    winners: np.ndarray,
) -> None:
    """Máximo por ventana, y el lugar en ella del píxel ganador; cada imagen es un bloque.

    Una ventana con NaN da NaN. Los píxeles de relleno no compiten.
    """
    start, stop = next_turn(turns, 0)
    while start < stop:
        _max_pool(x, pool, strides, before, out, winners, start, stop)
        start, stop = next_turn(turns, stop - start)


@_jit
def max_pool_gradient(
    turns: Turns, grad: np.ndarray, winners: np.ndarray, pixels: np.ndarray, out: np.ndarray
) -> None:
    """Manda cada gradiente al píxel que ganó su ventana; ``out`` (N, H·W, C) llega con ceros.

    ``pixels[i, j, lugar]`` es el número de cada píxel de la ventana (i, j).
    """
    _, height, width, channels = grad.shape
    start, stop = next_turn(turns, 0)
    while start < stop:
        for n in range(start, stop):
            for i in range(height):
                for j in range(width):
                    for c in range(channels):
                        out[n, pixels[i, j, winners[n, i, j, c]], c] += grad[n, i, j, c]
        start, stop = next_turn(turns, stop - start)
