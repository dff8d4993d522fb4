"""Kernels de Numba, sin comprobaciones: arrays NHWC contiguos, ya rellenados y de un solo tipo.

El bucle interno recorre canales de salida contiguos, que es lo que LLVM convierte en
instrucciones vectoriales. Quien valida y rellena es ``functional.py``.
"""

import numpy as np
from numba import njit

# "contract" and "reassoc" allow FMA and vector sums, and, unlike full fastmath, keep NaN and inf.
_jit = njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})


@_jit
def forward(x, kernel, bias, strides, dilation, groups, relu, out):
    """out[n, i, j, f] = bias[f] + Σ x[n, i·sh + a·dh, j·sw + b·dw, c] · kernel[a, b, c, f]."""
    kh, kw, channels, _ = kernel.shape
    batch, height, width, filters = out.shape
    per_group = filters // groups
    for n in range(batch):
        for i in range(height):
            for j in range(width):
                pixel = out[n, i, j]
                pixel[:] = bias
                for g in range(groups):
                    f0 = g * per_group
                    for a in range(kh):
                        for b in range(kw):
                            source = x[n, i * strides[0] + a * dilation[0]]
                            source = source[j * strides[1] + b * dilation[1]]
                            for c in range(channels):
                                value = source[g * channels + c]
                                for f in range(f0, f0 + per_group):
                                    pixel[f] += value * kernel[a, b, c, f]
                if relu:
                    for f in range(filters):
                        if pixel[f] < 0:
                            pixel[f] = 0


@_jit
def input_gradient(kernel, grad, strides, dilation, groups, out):
    """Reparte cada gradiente de salida entre los píxeles que miró; ``out`` llega con ceros."""
    kh, kw, channels, _ = kernel.shape
    batch, height, width, filters = grad.shape
    per_group = filters // groups
    for n in range(batch):
        for i in range(height):
            for j in range(width):
                for g in range(groups):
                    f0 = g * per_group
                    for a in range(kh):
                        for b in range(kw):
                            target = out[n, i * strides[0] + a * dilation[0]]
                            target = target[j * strides[1] + b * dilation[1]]
                            for c in range(channels):
                                total = grad.dtype.type(0)
                                for f in range(f0, f0 + per_group):
                                    total += grad[n, i, j, f] * kernel[a, b, c, f]
                                target[g * channels + c] += total


@_jit
def kernel_gradient(x, grad, strides, dilation, groups, out):
    """Suma, por cada peso, entrada × gradiente en todos los píxeles; ``out`` llega con ceros."""
    kh, kw, channels, _ = out.shape
    batch, height, width, filters = grad.shape
    per_group = filters // groups
    for n in range(batch):
        for i in range(height):
            for a in range(kh):
                for b in range(kw):
                    for j in range(width):
                        source = x[n, i * strides[0] + a * dilation[0]]
                        source = source[j * strides[1] + b * dilation[1]]
                        for g in range(groups):
                            f0 = g * per_group
                            for c in range(channels):
                                value = source[g * channels + c]
                                for f in range(f0, f0 + per_group):
                                    out[a, b, c, f] += value * grad[n, i, j, f]


@_jit
def max_pool(x, pool, strides, before, out, winners):
    """Máximo por ventana, y el índice ``fila * W + columna`` del píxel ganador (o -1).

    Una ventana con NaN da NaN. Los píxeles de relleno no compiten.
    """
    _, rows, columns, channels = x.shape
    batch, height, width, _ = out.shape
    for n in range(batch):
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
def max_pool_gradient(grad, winners, out):
    """Manda cada gradiente al píxel que ganó su ventana; ``out`` (N, H·W, C) llega con ceros."""
    batch, height, width, channels = grad.shape
    for n in range(batch):
        for i in range(height):
            for j in range(width):
                for c in range(channels):
                    out[n, winners[n, i, j, c], c] += grad[n, i, j, c]
