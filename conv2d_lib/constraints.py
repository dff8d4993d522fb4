"""Reglas que los pesos cumplen tras cada paso de entrenamiento, con los nombres de Keras.

Una regla recibe los pesos y devuelve los más cercanos que la cumplen. ``axis`` son los ejes sobre
los que se calcula cada norma: en un kernel de Conv2D ``(alto, ancho, canales, filtros)``,
``axis=[0, 1, 2]`` da una norma por filtro.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .registry import Configurable, Registry

EPSILON = 1e-7

Axis = int | Sequence[int]


class Constraint(Configurable):
    """Base: se llama con los pesos y devuelve pesos de la misma forma."""

    def __call__(self, w: np.ndarray) -> np.ndarray:
        """Pesos que cumplen la regla."""
        raise NotImplementedError


class MaxNorm(Constraint):
    """Ninguna norma pasa de ``max_value``."""

    def __init__(self, max_value: float = 2, axis: Axis = 0) -> None:
        self.max_value = max_value
        self.axis = axis

    def __call__(self, w: np.ndarray) -> np.ndarray:
        norms = _norms(w, self.axis)
        return w * (np.clip(norms, 0, self.max_value) / (EPSILON + norms))

    def get_config(self) -> dict[str, Any]:
        return {"max_value": self.max_value, "axis": self.axis}


class NonNeg(Constraint):
    """Ningún peso es negativo."""

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return np.maximum(w, 0)


class UnitNorm(Constraint):
    """Toda norma vale 1."""

    def __init__(self, axis: Axis = 0) -> None:
        self.axis = axis

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return w / (EPSILON + _norms(w, self.axis))

    def get_config(self) -> dict[str, Any]:
        return {"axis": self.axis}


class MinMaxNorm(Constraint):
    """Toda norma se acerca al intervalo de ``min_value`` a ``max_value``.

    Parameters
    ----------
    rate
        Parte del camino que se recorre en cada paso: con 1 la regla se cumple del todo.
    """

    def __init__(
        self, min_value: float = 0.0, max_value: float = 1.0, rate: float = 1.0, axis: Axis = 0
    ) -> None:
        self.min_value = min_value
        self.max_value = max_value
        self.rate = rate
        self.axis = axis

    def __call__(self, w: np.ndarray) -> np.ndarray:
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
    return np.sqrt(np.square(w).sum(axis=axes, keepdims=True))


_REGISTRY = Registry(
    "una restricción", "keras.constraints", (MaxNorm, NonNeg, UnitNorm, MinMaxNorm)
)


def get(identifier: Any) -> Callable[[np.ndarray], np.ndarray] | None:
    """Restricción por nombre (``"non_neg"``), configuración, clase o función; None si es None."""
    return _REGISTRY.get(identifier)


def serialize(constraint: Any) -> Any:
    """Configuración con la forma de Keras; None y las funciones propias, tal cual."""
    return _REGISTRY.serialize(constraint)
