"""Memoria que empieza donde empieza una línea de la caché."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import DTypeLike

LINE_BYTES = 64
# With less, to look for the start of a line costs more than it saves.
_LEAST_BYTES = 32 * 1024


def empty(shape: tuple[int, ...], dtype: DTypeLike) -> np.ndarray:
    """Como :func:`numpy.empty`, desde el principio de una línea de la caché si es grande.

    NumPy's arrays begin 16 bytes after it, so that each 64-byte vector lies on two lines: with
    AVX-512 the gradient of the kernel then takes a seventh more.
    """
    kind = np.dtype(dtype)
    size = prod(shape) * kind.itemsize
    if size < _LEAST_BYTES:
        return np.empty(shape, kind)
    room = np.empty(size + LINE_BYTES, np.uint8)
    skip = -room.__array_interface__["data"][0] % LINE_BYTES
    return room[skip : skip + size].view(kind).reshape(shape)
