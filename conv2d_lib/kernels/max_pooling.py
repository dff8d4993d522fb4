"""Max pooling de arreglos ya validados: reparte el lote entre hilos y llama a ``pooling.py``."""

from __future__ import annotations

import numpy as np

from . import pooling
from .plans import Axis
from .threads import NUMBER, share


def pool(x: np.ndarray, axes: tuple[Axis, Axis]) -> tuple[np.ndarray, np.ndarray]:
    """Máximo de cada ventana de ``x`` (N, H, W, C), contiguo, y el lugar en ella de quien ganó."""
    size, strides, before = (
        tuple(getattr(axis, name) for axis in axes) for name in ("taps", "stride", "before")
    )
    out = np.empty((len(x), axes[0].output, axes[1].output, x.shape[3]), x.dtype)
    winners = np.empty(out.shape, np.uint8 if size[0] * size[1] <= 256 else np.int32)
    share(pooling.max_pool, (x, size, strides, before, out, winners), len(x), NUMBER * x.size)
    return out, winners


def window_pixels(axis: Axis) -> np.ndarray:
    """Fila (o columna) de la entrada de cada lugar de cada ventana; fuera de ella, el relleno."""
    return (np.arange(axis.output) * axis.stride - axis.before)[:, None] + np.arange(axis.taps)


def unpool(grad: np.ndarray, winners: np.ndarray, axes: tuple[Axis, Axis]) -> np.ndarray:
    """Gradiente de la entrada: el de cada ventana, contiguo, al píxel que la ganó."""
    down, across = axes
    rows, columns = window_pixels(down), window_pixels(across)
    pixels = rows[:, None, :, None] * across.source + columns[None, :, None, :]
    pixels = pixels.reshape(down.output, across.output, -1)
    out = np.zeros((len(grad), down.source * across.source, grad.shape[3]), grad.dtype)
    share(pooling.max_pool_gradient, (grad, winners, pixels, out), len(grad), NUMBER * out.size)
    return out.reshape(len(grad), down.source, across.source, grad.shape[3])
