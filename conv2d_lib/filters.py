"""Kernels clásicos de procesamiento de imágenes, como matrices NumPy ``(alto, ancho)``.

Se aplican por correlación, la operación de ``Conv2D``: sin voltear el kernel.
"""

from __future__ import annotations

import numpy as np

from .arguments import as_number, as_positive, shown

_LARGEST = 4096


def _as_size(size: int) -> int:
    size = as_positive(size, "size")
    if size > _LARGEST:
        raise ValueError(f"«size» debe ser de {_LARGEST} píxeles como mucho. Llegó {size}.")
    return size


def sobel(axis: str | int) -> np.ndarray:
    """Derivada suavizada a lo largo de un eje: detecta bordes.

    Parameters
    ----------
    axis : {"x", "y"} or {1, 0}
        ``"x"`` (o 1) deriva a lo largo de las columnas y responde a bordes verticales;
        ``"y"`` (o 0) deriva a lo largo de las filas y responde a bordes horizontales.

    Returns
    -------
    ndarray, shape (3, 3)
        Positivo donde la imagen se aclara hacia la derecha (``"x"``) o hacia abajo (``"y"``).

    Raises
    ------
    ValueError
        Si ``axis`` no es ninguno de esos valores.

    References
    ----------
    I. Sobel, G. Feldman, «A 3×3 Isotropic Gradient Operator for Image Processing», 1968.

    Examples
    --------
    >>> sobel("x")
    array([[-1.,  0.,  1.],
           [-2.,  0.,  2.],
           [-1.,  0.,  1.]])
    """
    if not isinstance(axis, (str, int, np.integer)) or axis not in ("x", "y", 0, 1):
        raise ValueError(f"«axis» debe ser 'x' (o 1) o 'y' (o 0). Llegó {shown(axis)}.")
    horizontal = np.outer([1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])
    return horizontal if axis in ("x", 1) else horizontal.T.copy()


def gaussian(size: int, sigma: float) -> np.ndarray:
    """Desenfoque gaussiano: promedio que pesa más el centro, con suma 1.

    Parameters
    ----------
    size : int
        Lado del kernel, en píxeles.
    sigma : float
        Desviación típica, en píxeles.

    Returns
    -------
    ndarray, shape (size, size)

    Raises
    ------
    ValueError
        Si ``size`` no es un entero positivo o ``sigma`` no es mayor que 0.
    """
    size = _as_size(size)
    sigma = as_number(sigma, "sigma", 0, above=True)
    distance = np.arange(size) - (size - 1) / 2
    profile = np.exp(-(distance**2) / (2 * sigma**2))
    kernel: np.ndarray = np.outer(profile, profile)
    kernel /= kernel.sum()
    return kernel


def laplacian() -> np.ndarray:
    """Segunda derivada con 4 vecinos: responde a bordes en cualquier dirección; suma 0.

    Returns
    -------
    ndarray, shape (3, 3)
    """
    return np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])


def sharpen() -> np.ndarray:
    """Realce: la imagen menos su laplaciano; suma 1, así que conserva el brillo.

    Returns
    -------
    ndarray, shape (3, 3)
    """
    return np.array([[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]])


def box(size: int) -> np.ndarray:
    """Promedio simple de ``size × size`` píxeles; suma 1.

    Parameters
    ----------
    size : int
        Lado del kernel, en píxeles.

    Returns
    -------
    ndarray, shape (size, size)

    Raises
    ------
    ValueError
        Si ``size`` no es un entero positivo.

    Examples
    --------
    >>> float(box(3).sum().round(6))
    1.0
    """
    size = _as_size(size)
    return np.full((size, size), 1.0 / size**2)
