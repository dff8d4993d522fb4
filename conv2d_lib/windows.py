"""Lo que comparten convolución y pooling: por dónde pasa una ventana, y en qué tipo se calcula."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .kernels.plans import Axis
from .shapes import output_size, same_padding


def window_axes(
    spatial: Sequence[int],
    size: Sequence[int],
    strides: Sequence[int],
    padding: str,
    dilation: Sequence[int] = (1, 1),
) -> tuple[Axis, Axis]:
    """Los dos ejes que recorre una ventana sobre una imagen.

    Parameters
    ----------
    spatial : (int, int)
        Alto y ancho de la imagen, en píxeles.
    size, strides, dilation : (int, int)
        De la ventana: tamaño, paso y dilatación en cada eje.
    padding : {"valid", "same"}
        Relleno.

    Returns
    -------
    tuple of Axis
        El vertical y el horizontal.

    Raises
    ------
    ValueError
        Si la ventana no cabe en la imagen.
    """
    axes = []
    for n, k, s, d in zip(spatial, size, strides, dilation, strict=True):
        before = same_padding(n, k, s, d)[0] if padding == "same" else 0
        axes.append(Axis(n, output_size(n, k, s, padding, d), s, before, k, d))
    rows, columns = axes
    return rows, columns


def common_dtype(*arrays: np.ndarray) -> type:
    """``float64`` si alguno lo es; si no, ``float32``."""
    # By its size: in the other order of bytes, float64 is not equal to np.float64.
    double = any(a.dtype.kind == "f" and a.dtype.itemsize == 8 for a in arrays)
    return np.float64 if double else np.float32
