"""``MaxPooling2D`` como función, y su gradiente."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import as_numbers
from .kernels import max_pooling
from .kernels.layout import from_nhwc, to_nhwc
from .kernels.plans import Axis
from .shapes import Pair, as_data_format, as_padding, as_pair
from .windows import common_dtype, window_axes


def _prepare_pooling(
    x: np.ndarray, pool_size: Pair, strides: Pair | None, padding: str, data_format: str
) -> tuple[np.ndarray, tuple[Axis, Axis], str]:
    x = as_numbers(x, "x", 4, "(N, H, W, C), o (N, C, H, W) con 'channels_first'")
    data_format = as_data_format(data_format)
    pool = as_pair(pool_size, "pool_size")
    strides = pool if strides is None else as_pair(strides, "strides")
    spatial = x.shape[2:] if data_format == "channels_first" else x.shape[1:3]
    return x, window_axes(spatial, pool, strides, as_padding(padding)), data_format


def max_pooling2d(
    x: np.ndarray,
    pool_size: Pair = 2,
    strides: Pair | None = None,
    padding: str = "valid",
    data_format: str = "channels_last",
) -> np.ndarray:
    """Máximo de cada ventana, canal a canal.

    Parameters
    ----------
    x : array_like, shape (N, H, W, C)
        O ``(N, C, H, W)`` con ``data_format="channels_first"``.
    pool_size : int or (int, int)
        Alto y ancho de la ventana, en píxeles.
    strides : int or (int, int), optional
        Paso; por defecto, ``pool_size``.
    padding : {"valid", "same"}
        Con ``"same"``, el relleno nunca gana: cuenta como menos infinito.
    data_format : {"channels_last", "channels_first"}

    Returns
    -------
    ndarray, shape (N, H', W', C)
        Una ventana que contiene NaN da NaN.

    Raises
    ------
    ValueError
        Si un argumento no es válido o la ventana no cabe en la entrada.

    Examples
    --------
    >>> max_pooling2d(np.arange(16.0).reshape(1, 4, 4, 1))[0, :, :, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    out, _ = max_pooling2d_forward(x, pool_size, strides, padding, data_format)
    return out


def max_pooling2d_forward(
    x: np.ndarray, pool_size: Pair, strides: Pair | None, padding: str, data_format: str
) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """:func:`max_pooling2d` y la función que lleva su gradiente de vuelta, para las capas.

    Parameters
    ----------
    x : array_like, shape (N, H, W, C)
        Como en :func:`max_pooling2d`.
    pool_size, strides : int or (int, int)
        Como en :func:`max_pooling2d`.
    padding, data_format : str
        Como en :func:`max_pooling2d`.

    Returns
    -------
    output : ndarray, shape (N, H', W', C)
        El máximo de cada ventana.
    backward : callable
        Del gradiente de la salida al de la entrada.

    Raises
    ------
    ValueError
        Como :func:`max_pooling2d`.
    """
    x, axes, data_format = _prepare_pooling(x, pool_size, strides, padding, data_format)
    x = to_nhwc(x, data_format, common_dtype(x))
    out, winners = max_pooling.pool(x, axes)
    result = from_nhwc(out, data_format)

    def backward(grad_output: np.ndarray) -> np.ndarray:
        grad = as_numbers(grad_output, "grad_output", 4, "como la salida de max_pooling2d")
        if grad.shape != result.shape:
            raise ValueError(
                f"«grad_output» debe tener la forma de la salida, {result.shape}. Llegó "
                f"{grad.shape}."
            )
        grad = to_nhwc(grad, data_format, common_dtype(out, grad))
        return from_nhwc(max_pooling.unpool(grad, winners, axes), data_format)

    return result, backward


def max_pooling2d_backward(
    x: np.ndarray,
    grad_output: np.ndarray,
    pool_size: Pair = 2,
    strides: Pair | None = None,
    padding: str = "valid",
    data_format: str = "channels_last",
) -> np.ndarray:
    """Gradiente de :func:`max_pooling2d` respecto de la entrada, con la forma de ``x``.

    Cada gradiente va al píxel que ganó su ventana; en un empate, al primero en orden de
    lectura, como en TensorFlow.

    Parameters
    ----------
    x : array_like, shape (N, H, W, C)
        La entrada de :func:`max_pooling2d`.
    grad_output : array_like
        Gradiente de la pérdida respecto de la salida, con la forma de la salida.
    pool_size : int or (int, int)
        Como en :func:`max_pooling2d`.
    strides : int or (int, int), optional
        Como en :func:`max_pooling2d`.
    padding : {"valid", "same"}
        Como en :func:`max_pooling2d`.
    data_format : {"channels_last", "channels_first"}
        Como en :func:`max_pooling2d`.

    Returns
    -------
    ndarray
        Con la forma de ``x``.

    Raises
    ------
    ValueError
        Como :func:`max_pooling2d`, y si ``grad_output`` no tiene la forma de la salida.
    """
    _, backward = max_pooling2d_forward(x, pool_size, strides, padding, data_format)
    return backward(grad_output)
