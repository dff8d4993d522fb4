"""Las funciones de activación de Keras, en NumPy.

Cada función recibe un arreglo de cualquier forma y devuelve otro de la misma forma y tipo (si es de
enteros, de decimales). Faltan dos nombres de Keras que no sirven como ``activation="nombre"`` de
una capa: ``threshold``, que exige argumentos, y ``glu``, que cambia el número de canales. Las
derivadas están en ``activation_gradients``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from inspect import cleandoc, signature
from typing import Any

import numpy as np

from .arguments import as_flag, as_index, as_number, shown
from .arrays import as_floats
from .registry import unknown_name

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805

_erf = np.vectorize(math.erf, otypes=[float])


def normal_cdf(x: np.ndarray) -> np.ndarray:
    """Probabilidad de que una normal estándar no pase de ``x``.

    Parameters
    ----------
    x : ndarray
        Decimales, de cualquier forma.

    Returns
    -------
    ndarray
        De la forma y el tipo de ``x``.
    """
    if x.size == 0:
        return x
    return (0.5 * (1 + _erf(x / math.sqrt(2)))).astype(x.dtype)


_HELP = """{summary}

Parameters
----------
x : array_like
    Números reales, de cualquier forma; los enteros pasan a decimales.
{options}
Returns
-------
ndarray
    De la forma y el tipo de ``x``.

Raises
------
ValueError
    Si ``x`` no es un arreglo de números reales o un argumento no es válido.
"""


def _on_floats(function: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Los enteros llegan como decimales: en ``uint8``, ``-x`` da la vuelta.

    La ayuda de cada función gana lo que todas comparten: la suya cuenta solo sus opciones.
    """

    names = list(signature(function).parameters)[1:]

    @wraps(function)
    def checked(x: np.ndarray, *args: Any, **kwargs: Any) -> np.ndarray:
        if type(x) is not np.ndarray or x.dtype.kind != "f" or x.dtype.itemsize > 8:
            x = as_floats(x, "x")
        if names:
            _check_options(x, names, dict(zip(names, args, strict=False)) | kwargs)
        return function(x, *args, **kwargs)

    summary, _, options = cleandoc(function.__doc__ or "").partition("\nParameters\n----------\n")
    options = f"{options.rstrip()}\n" if options else ""
    checked.__doc__ = _HELP.format(summary=summary.rstrip(), options=options)
    return checked


def _check_options(x: np.ndarray, names: list[str], options: dict[str, Any]) -> None:
    if "axis" in names:
        axis = as_index(options.get("axis", -1), "axis")
        if not -x.ndim <= axis < x.ndim:
            raise ValueError(f"«x», de forma {x.shape}, no tiene el eje «axis»={axis}.")
    for name, value in options.items():
        if name == "approximate":
            as_flag(value, name)
        elif name in names and name != "axis" and not (name == "max_value" and value is None):
            as_number(value, name)


def linear(x: np.ndarray) -> np.ndarray:
    """La identidad: lo que Keras usa cuando ``activation=None``.

    Parameters
    ----------
    x : ndarray
        Lo que sea.

    Returns
    -------
    ndarray
        ``x``, sin copiar.
    """
    return x


@_on_floats
def relu(
    x: np.ndarray,
    negative_slope: float = 0.0,
    max_value: float | None = None,
    threshold: float = 0.0,
) -> np.ndarray:
    """``max(x, 0)``; con pendiente para los negativos, techo o umbral si se piden.

    Parameters
    ----------
    negative_slope : float
        Pendiente por debajo del umbral.
    max_value : float, optional
        Techo de la salida; None, ninguno.
    threshold : float
        Desde qué número pasa ``x``.
    """
    y = np.maximum(x, 0) if threshold == 0 else np.where(x > threshold, x, x * 0)
    if max_value is not None:
        y = np.minimum(y, max_value)
    if negative_slope != 0:
        y = y - negative_slope * np.maximum(threshold - x, 0)
    return y


@_on_floats
def relu6(x: np.ndarray) -> np.ndarray:
    """ReLU que no pasa de 6."""
    return np.clip(x, 0, 6)


@_on_floats
def leaky_relu(x: np.ndarray, negative_slope: float = 0.2) -> np.ndarray:
    """``x`` si es positivo, ``negative_slope * x`` si no.

    Parameters
    ----------
    negative_slope : float
        Pendiente donde ``x`` es negativo.
    """
    return np.where(x > 0, x, negative_slope * x)


@_on_floats
def elu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    """``x`` si es positivo, ``alpha * (exp(x) - 1)`` si no.

    Parameters
    ----------
    alpha : float
        Valor, cambiado de signo, al que tiende lo muy negativo.
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


@_on_floats
def selu(x: np.ndarray) -> np.ndarray:
    """ELU con las constantes que conservan media y varianza (Klambauer et al., 2017)."""
    return SELU_SCALE * elu(x, SELU_ALPHA)


@_on_floats
def celu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
    """``x`` si es positivo, ``alpha * (exp(x / alpha) - 1)`` si no.

    Parameters
    ----------
    alpha : float
        Valor, cambiado de signo, al que tiende lo muy negativo.
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha))


@_on_floats
def sigmoid(x: np.ndarray) -> np.ndarray:
    """``1 / (1 + exp(-x))``, sin desbordarse."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


@_on_floats
def log_sigmoid(x: np.ndarray) -> np.ndarray:
    """``log(sigmoid(x))``."""
    return -softplus(-x)


@_on_floats
def hard_sigmoid(x: np.ndarray) -> np.ndarray:
    """Recta de pendiente 1/6 entre 0 y 1: aproxima ``sigmoid``."""
    return np.clip(x + 3, 0, 6) / 6


@_on_floats
def sparse_sigmoid(x: np.ndarray) -> np.ndarray:
    """Recta de pendiente 1/2 entre 0 y 1."""
    return np.clip((x + 1) / 2, 0, 1)


@_on_floats
def tanh(x: np.ndarray) -> np.ndarray:
    """Tangente hiperbólica."""
    return np.tanh(x)


@_on_floats
def hard_tanh(x: np.ndarray) -> np.ndarray:
    """``x`` recortado entre -1 y 1."""
    return np.clip(x, -1, 1)


@_on_floats
def tanh_shrink(x: np.ndarray) -> np.ndarray:
    """``x - tanh(x)``."""
    return x - np.tanh(x)


@_on_floats
def soft_shrink(x: np.ndarray, threshold: float = 0.5) -> np.ndarray:
    """Acerca ``x`` al cero en ``threshold``, sin cruzarlo.

    Parameters
    ----------
    threshold : float
        Cuánto se acerca cada número al cero.
    """
    return x - np.clip(x, -threshold, threshold)


@_on_floats
def hard_shrink(x: np.ndarray, threshold: float = 0.5) -> np.ndarray:
    """``x`` si su valor absoluto pasa de ``threshold``, 0 si no.

    Parameters
    ----------
    threshold : float
        Valor absoluto hasta el que todo pasa a ser 0.
    """
    return np.where(np.abs(x) <= threshold, x * 0, x)


@_on_floats
def softplus(x: np.ndarray) -> np.ndarray:
    """``log(1 + exp(x))``."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


@_on_floats
def softsign(x: np.ndarray) -> np.ndarray:
    """``x / (1 + |x|)``."""
    return x / (1 + np.abs(x))


@_on_floats
def squareplus(x: np.ndarray, b: float = 4) -> np.ndarray:
    """``(x + sqrt(x² + b)) / 2``.

    Parameters
    ----------
    b : float
        Cuánto se redondea la esquina del cero.
    """
    return (x + np.sqrt(x * x + b)) / 2


@_on_floats
def sparse_plus(x: np.ndarray) -> np.ndarray:
    """0 hasta -1, ``(x + 1)² / 4`` hasta 1, ``x`` después."""
    return np.where(x >= 1, x, np.clip(x + 1, 0, 2) ** 2 / 4)


@_on_floats
def silu(x: np.ndarray) -> np.ndarray:
    """``x * sigmoid(x)``, también llamada «swish»."""
    return x * sigmoid(x)


@_on_floats
def hard_silu(x: np.ndarray) -> np.ndarray:
    """``x * hard_sigmoid(x)``, también llamada «hard_swish»."""
    return x * hard_sigmoid(x)


@_on_floats
def gelu(x: np.ndarray, approximate: bool = False) -> np.ndarray:
    """``x`` por la probabilidad de que una normal estándar no pase de ``x``.

    Parameters
    ----------
    approximate : bool
        Si se usa la aproximación con ``tanh``.
    """
    if approximate:
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return x * normal_cdf(x)


@_on_floats
def mish(x: np.ndarray) -> np.ndarray:
    """``x * tanh(softplus(x))``."""
    return x * np.tanh(softplus(x))


@_on_floats
def exponential(x: np.ndarray) -> np.ndarray:
    """``exp(x)``."""
    return np.exp(x)


@_on_floats
def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Exponenciales divididas por su suma a lo largo de ``axis``: probabilidades.

    Parameters
    ----------
    axis : int
        Eje de las clases, cuyos números suman 1.
    """
    e = np.exp(x - x.max(axis=axis, keepdims=True, initial=-np.inf))
    return e / e.sum(axis=axis, keepdims=True)


@_on_floats
def log_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Logaritmo de ``softmax``, sin pasar por números diminutos.

    Parameters
    ----------
    axis : int
        Eje de las clases.
    """
    shifted = x - x.max(axis=axis, keepdims=True, initial=-np.inf)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@_on_floats
def sparsemax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """Proyección sobre las probabilidades: como ``softmax``, pero llega a ceros exactos.

    Sigue la definición de Martins y Astudillo (2016). Keras (hasta la 3.15, al menos) se aparta de
    ella cuando quedan varias clases con probabilidad: sus salidas no suman 1.

    Parameters
    ----------
    axis : int
        Eje de las clases, cuyos números suman 1.
    """
    if not x.size:
        return x
    z = np.moveaxis(x, axis, -1)
    descending = -np.sort(-z, axis=-1)
    rank = np.arange(1, z.shape[-1] + 1, dtype=z.dtype)
    partial = np.cumsum(descending, axis=-1)
    support = (1 + rank * descending > partial).sum(axis=-1, keepdims=True)
    tau = (np.take_along_axis(partial, np.maximum(support - 1, 0), -1) - 1) / support
    return np.moveaxis(np.maximum(z - tau.astype(z.dtype), 0), -1, axis)


_FUNCTIONS = (
    *(linear, relu, relu6, leaky_relu, elu, selu, celu),
    *(sigmoid, log_sigmoid, hard_sigmoid, sparse_sigmoid),
    *(tanh, hard_tanh, tanh_shrink, soft_shrink, hard_shrink),
    *(softplus, softsign, squareplus, sparse_plus),
    *(silu, hard_silu, gelu, mish, exponential, softmax, log_softmax, sparsemax),
)
_BY_NAME = {function.__name__: function for function in _FUNCTIONS}
_BY_NAME |= {"swish": silu, "hard_swish": hard_silu}


def get(identifier: str | Callable[[np.ndarray], np.ndarray] | None) -> Callable[..., Any]:
    """Función de activación que corresponde a un nombre de Keras o a una función propia.

    Parameters
    ----------
    identifier : str, callable or None
        El nombre o la función; None es la identidad.

    Returns
    -------
    callable
        La función.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no se puede llamar.
    """
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        if identifier not in _BY_NAME:
            raise ValueError(unknown_name("una función de activación", identifier, _BY_NAME))
        return _BY_NAME[identifier]
    if callable(identifier) and not isinstance(identifier, type):
        return identifier
    raise ValueError(
        "Se esperaba una función de activación: un nombre, una función o None. "
        f"Llegó {shown(identifier)}, de tipo {type(identifier).__name__}."
    )


def serialize(activation: Callable[..., Any]) -> Any:
    """Nombre con el que Keras guarda la función; una función propia se devuelve tal cual.

    Parameters
    ----------
    activation : callable
        Lo que :func:`get` devolvió.

    Returns
    -------
    str or callable
        El nombre, o la misma función.
    """
    return activation.__name__ if activation in _FUNCTIONS else activation
