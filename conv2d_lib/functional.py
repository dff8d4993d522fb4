"""Las operaciones como funciones: validan una vez, rellenan y llaman a los kernels de Numba."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast

import numpy as np

from .arrays import as_numbers
from .kernels import engine
from .kernels.plans import Axis
from .kernels.relu import relu_gradient
from .pooling import max_pooling2d, max_pooling2d_backward, max_pooling2d_forward
from .shapes import (
    Pair,
    as_data_format,
    as_padding,
    as_pair,
    as_positive,
    check_groups,
)
from .windows import common_dtype, window_axes

__all__ = [
    "conv2d",
    "conv2d_activated",
    "conv2d_backward",
    "conv2d_gradients",
    "max_pooling2d",
    "max_pooling2d_backward",
    "max_pooling2d_forward",
    "warm_up",
    "window_axes",
]


class _Geometry(NamedTuple):
    """Lo que se deduce de las formas y los argumentos, ya comprobado."""

    axes: tuple[Axis, Axis]
    groups: int
    data_format: str
    output: tuple[int, int, int, int]


# The same layer is called again and again with the same shapes: they are checked once.
@lru_cache(maxsize=512, typed=True)
def _geometry(
    x_shape: tuple[int, ...],
    kernel_shape: tuple[int, ...],
    strides: Pair,
    padding: str,
    dilation_rate: Pair,
    groups: int,
    data_format: str,
) -> _Geometry:
    data_format = as_data_format(data_format)
    groups = as_positive(groups, "groups")
    strides = as_pair(strides, "strides")
    dilation = as_pair(dilation_rate, "dilation_rate")
    if 0 in kernel_shape:
        raise ValueError(f"«kernel» no puede tener ejes vacíos. Llegó {kernel_shape}.")
    first = data_format == "channels_first"
    channels, filters = x_shape[1 if first else 3], kernel_shape[3]
    check_groups(groups, channels, filters)
    if kernel_shape[2] * groups != channels:
        raise ValueError(
            f"El tercer eje de «kernel» debe valer C // groups = {channels} // {groups} = "
            f"{channels // groups}. Llegó kernel de forma {kernel_shape} con «x» de forma "
            f"{x_shape}."
        )
    spatial = x_shape[2:] if first else x_shape[1:3]
    axes = window_axes(spatial, kernel_shape[:2], strides, as_padding(padding), dilation)
    size = axes[0].output, axes[1].output
    output = (x_shape[0], filters, *size) if first else (x_shape[0], *size, filters)
    return _Geometry(axes, groups, data_format, output)


def _prepare(
    x: np.ndarray,
    kernel: np.ndarray,
    strides: Pair,
    padding: str,
    dilation_rate: Pair,
    groups: int,
    data_format: str,
) -> tuple[np.ndarray, np.ndarray, _Geometry]:
    """Valida los argumentos comunes a ida y vuelta; devuelve los arrays y su geometría."""
    x = as_numbers(x, "x", 4, "(N, H, W, C), o (N, C, H, W) con 'channels_first'")
    kernel = as_numbers(kernel, "kernel", 4, "(kh, kw, C // groups, filters)")
    arguments = strides, padding, dilation_rate, groups, data_format
    try:
        return x, kernel, _geometry(x.shape, kernel.shape, *arguments)
    except TypeError:  # a list or an array cannot be remembered
        return x, kernel, _geometry.__wrapped__(x.shape, kernel.shape, *arguments)


def conv2d(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    strides: Pair = 1,
    padding: str = "valid",
    dilation_rate: Pair = 1,
    groups: int = 1,
    data_format: str = "channels_last",
) -> np.ndarray:
    """Convolución 2D (correlación cruzada), con la misma definición que Keras.

    Parameters
    ----------
    x : array_like, shape (N, H, W, C)
        Lote de imágenes; ``(N, C, H, W)`` con ``data_format="channels_first"``. El lote puede
        estar vacío. NaN e infinito se propagan.
    kernel : array_like, shape (kh, kw, C // groups, filters)
        Pesos, en este orden con ambos formatos de datos.
    bias : array_like, shape (filters,), optional
        Sesgo que se suma a cada filtro.
    strides : int or (int, int)
        Paso vertical y horizontal, en píxeles.
    padding : {"valid", "same"}
        ``"same"`` rellena con ceros hasta que la salida mida ``ceil(n / s)``; el cero impar va
        abajo o a la derecha.
    dilation_rate : int or (int, int)
        Separación entre los pesos del kernel, en píxeles. A diferencia de la capa ``Conv2D``,
        aquí puede combinarse con ``strides > 1``.
    groups : int
        Grupos de canales que se filtran por separado; ``groups=C`` es la convolución en
        profundidad (depthwise).
    data_format : {"channels_last", "channels_first"}

    Returns
    -------
    ndarray, shape (N, H', W', filters)
        O ``(N, filters, H', W')``. Es float64 si ``x``, ``kernel`` o ``bias`` lo es; si no,
        float32.

    Raises
    ------
    ValueError
        Si una forma o un argumento no es válido, o el kernel no cabe en la entrada.

    References
    ----------
    V. Dumoulin, F. Visin, «A guide to convolution arithmetic for deep learning», 2016.

    Examples
    --------
    >>> x = np.arange(9.0).reshape(1, 3, 3, 1)
    >>> kernel = np.array([[0.0, 1.0], [2.0, 3.0]]).reshape(2, 2, 1, 1)
    >>> conv2d(x, kernel)[0, :, :, 0]  # 0·0 + 1·1 + 3·2 + 4·3 = 19
    array([[19., 25.],
           [37., 43.]])
    """
    return conv2d_activated(
        x, kernel, bias, strides, padding, dilation_rate, groups, data_format, relu=False
    )


def conv2d_activated(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray | None,
    strides: Pair,
    padding: str,
    dilation_rate: Pair,
    groups: int,
    data_format: str,
    *,
    relu: bool,
) -> np.ndarray:
    """:func:`conv2d` con ReLU opcional dentro del mismo kernel, para las capas.

    Parameters
    ----------
    x, kernel, bias : array_like
        Como en :func:`conv2d`.
    strides, dilation_rate : int or (int, int)
        Como en :func:`conv2d`.
    padding, data_format : str
        Como en :func:`conv2d`.
    groups : int
        Como en :func:`conv2d`.
    relu : bool
        Si lo negativo pasa a ser 0.

    Returns
    -------
    ndarray, shape (N, H', W', filters)
        O ``(N, filters, H', W')``.

    Raises
    ------
    ValueError
        Como :func:`conv2d`.
    """
    x, kernel, geometry = _prepare(x, kernel, strides, padding, dilation_rate, groups, data_format)
    dtype = common_dtype(x, kernel)
    if bias is not None:
        bias = as_numbers(bias, "bias", 1, "(filters,)")
        if len(bias) != kernel.shape[3]:
            raise ValueError(
                f"«bias» debe tener un valor por filtro, {kernel.shape[3]}. Llegó la forma "
                f"{bias.shape}."
            )
        dtype = common_dtype(x, kernel, bias)
        bias = np.asarray(bias, dtype)
    x = np.ascontiguousarray(x, dtype)
    kernel = np.ascontiguousarray(kernel, dtype)
    axes, groups, data_format, _ = geometry
    return engine.forward(x, kernel, bias, *axes, groups, relu, data_format)


def conv2d_backward(
    x: np.ndarray,
    kernel: np.ndarray,
    grad_output: np.ndarray,
    *,
    strides: Pair = 1,
    padding: str = "valid",
    dilation_rate: Pair = 1,
    groups: int = 1,
    data_format: str = "channels_last",
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gradientes de :func:`conv2d` respecto de la entrada, el kernel y el sesgo.

    Parameters
    ----------
    x : array_like
        Los mismos con los que se llamó a :func:`conv2d`.
    kernel : array_like
        Los mismos con los que se llamó a :func:`conv2d`.
    strides : int or (int, int)
        Los mismos con los que se llamó a :func:`conv2d`.
    padding : {"valid", "same"}
        Los mismos con los que se llamó a :func:`conv2d`.
    dilation_rate : int or (int, int)
        Los mismos con los que se llamó a :func:`conv2d`.
    groups : int
        Los mismos con los que se llamó a :func:`conv2d`.
    data_format : {"channels_last", "channels_first"}
        Los mismos con los que se llamó a :func:`conv2d`.
    grad_output : array_like
        Gradiente de la pérdida respecto de la salida, con la forma de la salida.

    Returns
    -------
    grad_x : ndarray, con la forma de ``x``
    grad_kernel : ndarray, con la forma de ``kernel``
    grad_bias : ndarray, shape (filters,)

    Raises
    ------
    ValueError
        En los mismos casos que :func:`conv2d`, y si ``grad_output`` no tiene la forma de la
        salida.

    Examples
    --------
    >>> x, kernel = np.ones((1, 3, 3, 1)), np.ones((2, 2, 1, 1))
    >>> grad_x, grad_kernel, grad_bias = conv2d_backward(x, kernel, np.ones((1, 2, 2, 1)))
    >>> grad_x[0, :, :, 0]  # en cuántas ventanas está cada píxel
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> grad_kernel[:, :, 0, 0], grad_bias
    (array([[4., 4.],
           [4., 4.]]), array([4.]))
    """
    grad_x, grad_kernel, grad_bias = conv2d_gradients(
        x, kernel, grad_output, strides, padding, dilation_rate, groups, data_format
    )
    return cast(np.ndarray, grad_x), grad_kernel, grad_bias


def conv2d_gradients(
    x: np.ndarray,
    kernel: np.ndarray,
    grad: np.ndarray,
    strides: Pair,
    padding: str,
    dilation_rate: Pair,
    groups: int,
    data_format: str,
    needs_input_grad: bool = True,
) -> tuple[np.ndarray | None, np.ndarray, np.ndarray]:
    """:func:`conv2d_backward` que puede ahorrarse el gradiente de la entrada, para las capas.

    Parameters
    ----------
    x, kernel, grad : array_like
        La entrada, los pesos y el gradiente de la salida.
    strides, dilation_rate : int or (int, int)
        Como en :func:`conv2d`.
    padding, data_format : str
        Como en :func:`conv2d`.
    groups : int
        Como en :func:`conv2d`.
    needs_input_grad : bool
        Si se calcula el gradiente de la entrada.

    Returns
    -------
    grad_x : ndarray or None
        Con la forma de ``x``; None si no se pide.
    grad_kernel, grad_bias : ndarray
        Con la forma del kernel y ``(filters,)``.

    Raises
    ------
    ValueError
        Como :func:`conv2d_backward`.
    """
    x, kernel, geometry = _prepare(x, kernel, strides, padding, dilation_rate, groups, data_format)
    grad = as_numbers(grad, "grad_output", 4, "como la salida de conv2d")
    if grad.shape != geometry.output:
        raise ValueError(
            f"«grad_output» debe tener la forma de la salida, {geometry.output}. Llegó "
            f"{grad.shape}."
        )
    axes, groups, data_format, _ = geometry
    dtype = common_dtype(x, kernel, grad)
    x, kernel, grad = (np.ascontiguousarray(array, dtype) for array in (x, kernel, grad))
    return engine.gradients(x, grad, kernel, *axes, groups, data_format, needs_input_grad)


def warm_up() -> None:
    """Compila los kernels en float32 y float64 y los guarda en la caché de Numba.

    Si la carpeta de la caché no admite escritura, se compilan igual y valen para este proceso.
    """
    for dtype in (np.float32, np.float64):
        x, image = np.zeros((1, 4, 4, 2), dtype), np.zeros((1, 4, 4, 1), dtype)
        for inputs, channels, groups in ((x, 2, 1), (image, 1, 1), (x, 1, 2)):
            kernel = np.zeros((3, 3, channels, 2), dtype)
            out = conv2d(inputs, kernel, groups=groups)
            conv2d_backward(inputs, kernel, out, groups=groups)
        kernel = np.zeros((1, 1, 4, 2), dtype)
        out = conv2d(x, kernel, data_format="channels_first")
        conv2d_backward(x, kernel, out, data_format="channels_first")
        max_pooling2d_backward(x, max_pooling2d(x))
        relu_gradient(np.zeros(1, dtype), np.zeros(1, dtype))
