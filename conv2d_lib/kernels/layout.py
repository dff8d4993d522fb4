"""De ``channels_first`` a ``channels_last`` y al revés: los kernels calculan siempre en NHWC."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike


def to_nhwc(x: np.ndarray, data_format: str, dtype: DTypeLike) -> np.ndarray:
    """``x`` como (N, H, W, C), contiguo y del tipo pedido; sin copia si ya lo es."""
    moved = x if data_format == "channels_last" else x.transpose(0, 2, 3, 1)
    return np.ascontiguousarray(moved, dtype)


def from_nhwc(x: np.ndarray, data_format: str) -> np.ndarray:
    """Deshace :func:`to_nhwc`."""
    return x if data_format == "channels_last" else np.ascontiguousarray(x.transpose(0, 3, 1, 2))
