"""Con qué números empiezan los pesos, con los nombres de Keras.

Como en Keras, un inicializador con una semilla dada devuelve siempre los mismos números. Los
números no son los de Keras (el generador es otro), pero sí su distribución.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..arrays import as_array_dtype, as_known_shape, as_numbers
from ..registry import Registry
from .constant import Constant, Identity, Initializer, Ones, Zeros
from .random import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    LecunNormal,
    LecunUniform,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    VarianceScaling,
)

__all__ = [
    "Constant",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Identity",
    "Initializer",
    "LecunNormal",
    "LecunUniform",
    "Ones",
    "Orthogonal",
    "RandomNormal",
    "RandomUniform",
    "TruncatedNormal",
    "VarianceScaling",
    "Zeros",
    "get",
    "serialize",
]

_REGISTRY = Registry(
    "un inicializador",
    "keras.initializers",
    (
        *(Constant, Zeros, Ones, Identity, Orthogonal, VarianceScaling),
        *(RandomNormal, TruncatedNormal, RandomUniform),
        *(GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal),
    ),
    aliases={
        "IdentityInitializer": Identity,
        "OrthogonalInitializer": Orthogonal,
        "normal": RandomNormal,
        "uniform": RandomUniform,
        "zero": Zeros,
        "one": Ones,
    },
)


def get(identifier: Any) -> Callable[..., np.ndarray] | None:
    """Inicializador por nombre, configuración, clase, función o arreglo; None si es None.

    Un arreglo de NumPy da los pesos directamente, y su forma debe ser la de los pesos.

    Parameters
    ----------
    identifier : str, dict, type, object, ndarray or None
        Un nombre de Keras, una configuración, una clase, un objeto ya creado o los pesos.

    Returns
    -------
    callable or None
        El inicializador.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no se puede llamar.
    """
    if isinstance(identifier, np.ndarray):
        return _from_array(identifier)
    return _REGISTRY.get(identifier)


def _from_array(values: np.ndarray) -> Callable[..., np.ndarray]:
    values = as_numbers(values, "los pesos iniciales")

    def initialize(shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        if tuple(shape) != values.shape:
            raise ValueError(
                f"Los pesos iniciales tienen forma {values.shape} y la capa necesita "
                f"{tuple(shape)}."
            )
        return values.astype(dtype)

    return initialize


def serialize(initializer: Any) -> Any:
    """Configuración con la forma de Keras; None y las funciones propias, tal cual.

    Parameters
    ----------
    initializer : Initializer, callable or None
        Lo que ``get`` devolvió.

    Returns
    -------
    object
        La configuración, un diccionario, o lo que llegó.
    """
    return _REGISTRY.serialize(initializer)
