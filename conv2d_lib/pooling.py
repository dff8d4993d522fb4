"""Kernels de Numba del max pooling: el máximo de cada ventana y a quién se lo debe."""

import numpy as np

from conv2d_lib.compilation import cached_jit

_jit = cached_jit()


@_jit
def max_pool(x, pool, strides, before, out, winners, start, stop):
    """Máximo por ventana, y el índice ``fila * W + columna`` del píxel ganador (o -1).

    Trata las imágenes de la ``start`` a la ``stop``, para que varios hilos se repartan el lote.

    Una ventana con NaN da NaN. Los píxeles de relleno no compiten.
    """
    _, rows, columns, channels = x.shape
    _, height, width, _ = out.shape
    for n in range(start, stop):
        for i in range(height):
            top = i * strides[0] - before[0]
            for j in range(width):
                left = j * strides[1] - before[1]
                best, winner = out[n, i, j], winners[n, i, j]
                best[:] = -np.inf
                winner[:] = -1
                for r in range(max(top, 0), min(top + pool[0], rows)):
                    for q in range(max(left, 0), min(left + pool[1], columns)):
                        for c in range(channels):
                            value = x[n, r, q, c]
                            if winner[c] < 0 or value > best[c] or np.isnan(value):
                                best[c] = value
                                winner[c] = r * columns + q


@_jit
def max_pool_gradient(grad, winners, out, start, stop):
    """Manda cada gradiente al píxel que ganó su ventana; ``out`` (N, H·W, C) llega con ceros."""
    _, height, width, channels = grad.shape
    for n in range(start, stop):
        for i in range(height):
            for j in range(width):
                for c in range(channels):
                    out[n, winners[n, i, j, c], c] += grad[n, i, j, c]
