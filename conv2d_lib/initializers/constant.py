"""Pesos iniciales sin azar: constantes y la matriz identidad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arguments import as_number
from ..arrays import as_array_dtype, as_known_shape
from ..registry import Configurable


class Initializer(Configurable):
    """Base: se llama con una forma y devuelve un arreglo de esa forma."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        """Pesos iniciales de forma ``shape``.

        Parameters
        ----------
        shape : sequence of int
            Forma de los pesos, sin tamaños desconocidos.
        dtype : str or dtype
            Tipo de los pesos: ``"float16"``, ``"float32"`` o ``"float64"``.

        Returns
        -------
        ndarray
            Pesos de la forma y el tipo pedidos.

        Raises
        ------
        ValueError
            Si la forma o el tipo no son válidos.
        """
        raise NotImplementedError


class Constant(Initializer):
    """Todos los pesos valen ``value``.

    Parameters
    ----------
    value : float
        El valor de todos los pesos.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, value: float = 0.0) -> None:
        self.value = as_number(value, "value")

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.full(as_known_shape(shape), self.value, as_array_dtype(dtype))

    def get_config(self) -> dict[str, Any]:
        return {"value": self.value}


class Zeros(Initializer):
    """Todos los pesos valen 0."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.zeros(as_known_shape(shape), as_array_dtype(dtype))


class Ones(Initializer):
    """Todos los pesos valen 1."""

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        return np.ones(as_known_shape(shape), as_array_dtype(dtype))


class Identity(Initializer):
    """Matriz identidad por ``gain``; solo para pesos de dos ejes.

    Parameters
    ----------
    gain : float
        Factor que multiplica a la matriz.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = as_number(gain, "gain")

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        if len(shape) != 2:
            raise ValueError(
                "El inicializador Identity solo genera matrices (2 ejes). "
                f"Llegó la forma {tuple(shape)}, de {len(shape)} ejes."
            )
        return np.asarray(self.gain * np.eye(*shape, dtype=dtype), dtype)

    def get_config(self) -> dict[str, Any]:
        return {"gain": self.gain}
