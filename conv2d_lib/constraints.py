"""Reglas que los pesos cumplen tras cada paso de entrenamiento, con los nombres de Keras.

Una regla recibe los pesos y devuelve los más cercanos que la cumplen. ``axis`` son los ejes sobre
los que se calcula cada norma: en un kernel de Conv2D ``(alto, ancho, canales, filtros)``,
``axis=[0, 1, 2]`` da una norma por filtro.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from .arguments import as_index, as_number, items_of
from .arrays import as_floats
from .registry import Configurable, Registry

EPSILON = 1e-7

Axis = int | Sequence[int]


class Constraint(Configurable):
    """Base: se llama con los pesos y devuelve pesos de la misma forma."""

    def __call__(self, w: np.ndarray) -> np.ndarray:
        """Pesos que cumplen la regla.

        Parameters
        ----------
        w : array_like
            Pesos, de cualquier forma que tenga los ejes de la regla.

        Returns
        -------
        ndarray
            Pesos de la misma forma.

        Raises
        ------
        ValueError
            Si ``w`` no es un arreglo de números o no tiene los ejes de la regla.
        """
        raise NotImplementedError


class MaxNorm(Constraint):
    """Ninguna norma pasa de ``max_value``.

    Parameters
    ----------
    max_value : float
        La mayor norma que se admite; no negativa.
    axis : int or sequence of int
        Ejes sobre los que se calcula cada norma.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, max_value: float = 2, axis: Axis = 0) -> None:
        self.max_value = as_number(max_value, "max_value", 0)
        self.axis = _as_axis(axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        w = as_floats(w, "w")
        norms = _norms(w, self.axis)
        return w * (np.clip(norms, 0, self.max_value) / (EPSILON + norms))

    def get_config(self) -> dict[str, Any]:
        return {"max_value": self.max_value, "axis": self.axis}


class NonNeg(Constraint):
    """Ningún peso es negativo."""

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return np.maximum(as_floats(w, "w"), 0)


class UnitNorm(Constraint):
    """Toda norma vale 1.

    Parameters
    ----------
    axis : int or sequence of int
        Ejes sobre los que se calcula cada norma.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, axis: Axis = 0) -> None:
        self.axis = _as_axis(axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        w = as_floats(w, "w")
        return w / (EPSILON + _norms(w, self.axis))

    def get_config(self) -> dict[str, Any]:
        return {"axis": self.axis}


class MinMaxNorm(Constraint):
    """Toda norma se acerca al intervalo de ``min_value`` a ``max_value``.

    Parameters
    ----------
    min_value : float
        La menor norma; no negativa.
    max_value : float
        La mayor norma; no menor que ``min_value``.
    rate : float
        Parte del camino que se recorre en cada paso: con 1 la regla se cumple del todo.
    axis : int or sequence of int
        Ejes sobre los que se calcula cada norma.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(
        self, min_value: float = 0.0, max_value: float = 1.0, rate: float = 1.0, axis: Axis = 0
    ) -> None:
        self.min_value = as_number(min_value, "min_value", 0)
        self.max_value = as_number(max_value, "max_value", self.min_value)
        self.rate = as_number(rate, "rate", 0, 1)
        self.axis = _as_axis(axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        w = as_floats(w, "w")
        norms = _norms(w, self.axis)
        clipped = np.clip(norms, self.min_value, self.max_value)
        desired = self.rate * clipped + (1 - self.rate) * norms
        return w * (desired / (EPSILON + norms))

    def get_config(self) -> dict[str, Any]:
        return {
            "min_value": self.min_value,
            "max_value": self.max_value,
            "rate": self.rate,
            "axis": self.axis,
        }


def _norms(w: np.ndarray, axis: Axis) -> np.ndarray:
    axes = axis if isinstance(axis, int) else tuple(axis)
    numbers = {a + w.ndim * (a < 0) for a in ((axes,) if isinstance(axes, int) else axes)}
    if not numbers <= set(range(w.ndim)):
        raise ValueError(f"Unos pesos de forma {w.shape} no tienen los ejes «axis»={axis}.")
    axes = tuple(sorted(numbers))
    return np.sqrt(np.square(w).sum(axis=axes, keepdims=True))


def _as_axis(axis: Axis) -> Axis:
    items = items_of(axis)
    if items is None:
        return as_index(cast(int, axis), "axis")
    return [as_index(item, "axis") for item in items]


_REGISTRY = Registry(
    "una restricción", "keras.constraints", (MaxNorm, NonNeg, UnitNorm, MinMaxNorm)
)


def get(identifier: Any) -> Callable[[np.ndarray], np.ndarray] | None:
    """Restricción por nombre (``"non_neg"``), configuración, clase o función; None si es None.

    Parameters
    ----------
    identifier : str, dict, type, object or None
        Lo que se busca: un nombre de Keras, una configuración, una clase o un objeto ya creado.

    Returns
    -------
    callable or None
        La restricción.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no se puede llamar.
    """
    return _REGISTRY.get(identifier)


def serialize(constraint: Any) -> Any:
    """Configuración con la forma de Keras; None y las funciones propias, tal cual.

    Parameters
    ----------
    constraint : Constraint, callable or None
        Lo que ``get`` devolvió.

    Returns
    -------
    object
        La configuración, un diccionario, o lo que llegó.
    """
    return _REGISTRY.serialize(constraint)
