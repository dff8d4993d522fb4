"""De ``channels_first`` a ``channels_last`` y al revés: los kernels calculan siempre en NHWC."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from . import turns as turns_module
from .compilation import cached_jit
from .threads import NUMBER, share
from .turns import Turns, next_turn

# Rows and columns of a square whose lines stay in the nearest cache while it is turned.
_SIDE = 64


@cached_jit(turns_module)
def _transpose(turns: Turns, source: np.ndarray, target: np.ndarray) -> None:
    """``target[n, b, a] = source[n, a, b]``; a turn is some strips of ``_SIDE`` rows of target."""
    _, columns, rows = source.shape
    strips = (rows + _SIDE - 1) // _SIDE
    start, stop = next_turn(turns, 0)
    while start < stop:
        for strip in range(start, stop):
            image, first = strip // strips, strip % strips * _SIDE
            last = min(first + _SIDE, rows)
            for left in range(0, columns, _SIDE):
                for a in range(left, min(left + _SIDE, columns)):
                    line = source[image, a, first:last]
                    rows_of_target = target[image, first:last, a]
                    for b in range(len(line)):
                        rows_of_target[b] = line[b]
        start, stop = next_turn(turns, stop - start)


def _swap(x: np.ndarray) -> np.ndarray:
    """(N, A, B) → (N, B, A), contiguo; sin copia si uno de los dos ejes mide 1.

    Threads share the work, which NumPy's copy does alone: with two of them, a conv2d with
    ``channels_first`` takes about a sixth less (``python -m benchmarks.kernels``).
    """
    batch, columns, rows = x.shape
    if 1 in (columns, rows):
        return x.reshape(batch, rows, columns)
    out = np.empty((batch, rows, columns), x.dtype)
    share(_transpose, (x, out), batch * -(-rows // _SIDE), NUMBER * x.size)
    return out


def to_nhwc(x: np.ndarray, data_format: str, dtype: DTypeLike) -> np.ndarray:
    """``x`` como (N, H, W, C), contiguo y del tipo pedido; sin copia si ya lo es."""
    x = np.ascontiguousarray(x, dtype)
    if data_format == "channels_last":
        return x
    batch, channels, height, width = x.shape
    return _swap(x.reshape(batch, channels, height * width)).reshape(batch, height, width, channels)


def from_nhwc(x: np.ndarray, data_format: str) -> np.ndarray:
    """Deshace :func:`to_nhwc`."""
    if data_format == "channels_last":
        return x
    batch, height, width, channels = x.shape
    return _swap(x.reshape(batch, height * width, channels)).reshape(batch, channels, height, width)
