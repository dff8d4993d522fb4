"""Pesos iniciales sin azar: constantes y la matriz identidad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .registry import Configurable


class Initializer(Configurable):
    """Base: se llama con una forma y devuelve un arreglo de esa forma."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        """Pesos iniciales de forma ``shape``."""
        raise NotImplementedError


class Constant(Initializer):
    """Todos los pesos valen ``value``."""

    def __init__(self, value: float = 0.0) -> None:
        self.value = value

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.full(shape, self.value, dtype)

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value}


class Zeros(Initializer):
    """Todos los pesos valen 0."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.zeros(shape, dtype)


class Ones(Initializer):
    """Todos los pesos valen 1."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.ones(shape, dtype)


class Identity(Initializer):
    """Matriz identidad por ``gain``; solo para pesos de dos ejes."""

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        if len(shape) != 2:
            raise ValueError(
                "El inicializador Identity solo genera matrices (2 ejes). "
                f"Llegó la forma {tuple(shape)}, de {len(shape)} ejes."
            )
        return self.gain * np.eye(*shape, dtype=dtype)

    def get_config(self) -> dict[str, Any]:
        return {"gain": self.gain}
