"""Cómo vuelve el gradiente a través de cada función de activación.

Si ``y = f(x)`` y ``grad`` es la derivada de la pérdida respecto de ``y``, aquí se calcula la
derivada respecto de ``x``. Casi todas las activaciones miran cada número por separado: basta
multiplicar por ``f'(x)``. Las que miran un eje entero (``softmax`` y su familia) llevan su fórmula.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .. import activations as act
from ..kernels.relu import relu_gradient

Derivative = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _gelu(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    density = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    return act.normal_cdf(x) + x * density


def _mish(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    t = np.tanh(act.softplus(x))
    return t + x * act.sigmoid(x) * (1 - t * t)


def _silu(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    s = act.sigmoid(x)
    return s + x * s * (1 - s)


_DERIVATIVES: dict[Callable[..., np.ndarray], Derivative] = {
    act.relu6: lambda x, y: (x > 0) & (x < 6),
    act.leaky_relu: lambda x, y: np.where(x > 0, 1, 0.2),
    act.elu: lambda x, y: np.where(x > 0, 1, y + 1),
    act.selu: lambda x, y: np.where(x > 0, act.SELU_SCALE, y + act.SELU_SCALE * act.SELU_ALPHA),
    act.celu: lambda x, y: np.where(x > 0, 1, y + 1),
    act.sigmoid: lambda x, y: y * (1 - y),
    act.log_sigmoid: lambda x, y: act.sigmoid(-x),
    act.hard_sigmoid: lambda x, y: np.where(np.abs(x) < 3, 1 / 6, 0),
    act.sparse_sigmoid: lambda x, y: np.where(np.abs(x) < 1, 0.5, 0),
    act.tanh: lambda x, y: 1 - y * y,
    act.hard_tanh: lambda x, y: np.abs(x) <= 1,
    act.tanh_shrink: lambda x, y: np.tanh(x) ** 2,
    act.soft_shrink: lambda x, y: np.abs(x) > 0.5,
    act.hard_shrink: lambda x, y: np.abs(x) > 0.5,
    act.softplus: lambda x, y: act.sigmoid(x),
    act.softsign: lambda x, y: 1 / (1 + np.abs(x)) ** 2,
    act.squareplus: lambda x, y: 0.5 + x / (2 * np.sqrt(x * x + 4)),
    act.sparse_plus: lambda x, y: np.clip((x + 1) / 2, 0, 1),
    act.silu: _silu,
    act.hard_silu: lambda x, y: np.where(np.abs(x) < 3, x / 3 + 0.5, x >= 3),
    act.gelu: _gelu,
    act.mish: _mish,
    act.exponential: lambda x, y: y,
}


def backward(
    activation: Callable[..., np.ndarray], x: np.ndarray, y: np.ndarray, grad: np.ndarray
) -> np.ndarray:
    """Gradiente respecto de la entrada de una función de activación.

    Parameters
    ----------
    activation : callable
        Una de las funciones de ``conv2d_lib.activations``, con sus argumentos por defecto.
    x, y, grad : ndarray
        Entrada, salida y gradiente de la salida; los tres de la misma forma.

    Returns
    -------
    np.ndarray
        Gradiente de la entrada, de la forma y el tipo de ``grad``.

    Raises
    ------
    ValueError
        Si la función no es de esta biblioteca: no se conoce su derivada.
    """
    if activation is act.linear:
        return grad
    if activation is act.relu:
        return relu_gradient(y, grad)
    if activation is act.softmax:
        return y * (grad - (grad * y).sum(axis=-1, keepdims=True))
    if activation is act.log_softmax:
        return grad - np.exp(y) * grad.sum(axis=-1, keepdims=True)
    if activation is act.sparsemax:
        support = y > 0
        mean = (grad * support).sum(-1, keepdims=True) / support.sum(-1, keepdims=True)
        return (support * (grad - mean)).astype(grad.dtype)
    if activation not in _DERIVATIVES:
        name = getattr(activation, "__name__", repr(activation))
        raise ValueError(
            f"No se conoce la derivada de la función de activación {name!r}: para entrenar, usa "
            "una de conv2d_lib.activations."
        )
    return (grad * _DERIVATIVES[activation](x, y)).astype(grad.dtype, copy=False)
