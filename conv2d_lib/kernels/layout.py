"""De ``channels_first`` a ``channels_last`` y al revés: los kernels calculan siempre en NHWC."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from . import squares
from . import turns as turns_module
from .compilation import cached_jit
from .memory import empty
from .squares import transpose
from .threads import NUMBER, share
from .turns import Turns, next_turn

# Lines of the target in a turn: what they read and write stays in the nearest cache.
_STRIP = 64


@cached_jit(turns_module, squares)
def _transpose(
    turns: Turns, source: np.ndarray, target: np.ndarray, columns: int, rows: int
) -> None:
    """``target[n, b, a] = source[n, a, b]``, flat; a turn is some strips of lines of target."""
    strips = (rows + _STRIP - 1) // _STRIP
    start, stop = next_turn(turns, 0)
    while start < stop:
        for strip in range(start, stop):
            image, first = strip // strips, strip % strips * _STRIP
            origin, width = image * rows * columns, min(_STRIP, rows - first)
            reads = source, origin + first, rows
            writes = target, origin + first * columns, columns
            transpose(reads, writes, columns, width)
        start, stop = next_turn(turns, stop - start)


def _swap(x: np.ndarray) -> np.ndarray:
    """(N, A, B) → (N, B, A), contiguo; sin copia si uno de los dos ejes mide 1.

    Threads share the work, which NumPy's copy does alone, and it goes by squares of registers.
    """
    batch, columns, rows = x.shape
    if 1 in (columns, rows):
        return x.reshape(batch, rows, columns)
    out = empty((batch, rows, columns), x.dtype)
    arguments = x.reshape(-1), out.reshape(-1), columns, rows
    share(_transpose, arguments, batch * -(-rows // _STRIP), NUMBER * x.size)
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
