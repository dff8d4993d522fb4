"""Lo que un arreglo debe ser: números reales, con los ejes que se esperan y sin máscara."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature
from typing import Any, TypeVar, cast

import numpy as np

from .arguments import as_sizes, shown

_Function = TypeVar("_Function", bound=Callable[..., Any])

_MOST_WEIGHTS = 2**33
_AXES = {1: "1 eje", **{n: f"{n} ejes" for n in range(2, 9)}}


def as_numbers(value: Any, name: str, ndim: int | None = None, axes: str = "") -> np.ndarray:
    """``value`` como arreglo de números reales, con ``ndim`` ejes si se dice.

    Raises
    ------
    ValueError
        Una línea: qué se esperaba y qué llegó.
    """
    array = _as_array(value, name)
    if ndim is not None and array.ndim != ndim:
        raise ValueError(
            f"«{name}» debe tener {' '.join((_AXES[ndim], axes)).strip()}. Llegó la forma "
            f"{array.shape}."
        )
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        raise ValueError(
            f"«{name}» debe contener números reales de hasta 64 bits. Llegó {_what(value, array)}."
        )
    return array


def as_floats(value: Any, name: str, ndim: int | None = None, axes: str = "") -> np.ndarray:
    """Como ``as_numbers``, y los enteros y booleanos pasan a ser decimales.

    En enteros sin signo, ``-x`` da la vuelta y el resultado sería otro.
    """
    array = as_numbers(value, name, ndim, axes)
    if array.dtype.kind == "f":
        return array
    return array.astype(np.result_type(array, np.float32))


def as_array_dtype(value: Any) -> np.dtype:
    """Tipo de los pesos: float16, float32 o float64."""
    dtype: np.dtype
    try:
        dtype = np.dtype(value)
    except Exception:
        dtype = np.dtype(object)
    if value is None or dtype.kind != "f" or dtype.itemsize > 8:
        raise ValueError(
            f"«dtype» debe ser 'float32' o 'float64' (o 'float16'). Llegó dtype={shown(value)}."
        )
    return dtype


def as_known_shape(value: Sequence[int]) -> tuple[int, ...]:
    """Una forma sin tamaños desconocidos."""
    sizes = as_sizes(value, "shape")
    shape = tuple(size for size in sizes if size is not None)
    if len(shape) != len(sizes):
        raise ValueError(f"«shape» no puede tener tamaños desconocidos. Llegó {sizes}.")
    if math.prod(shape) > _MOST_WEIGHTS:
        raise ValueError(f"Unos pesos de forma {shown(shape)} no caben en la memoria.")
    return shape


def takes_arrays(*checks: Callable[..., None], **ndims: int) -> Callable[[_Function], _Function]:
    """Decorador: los argumentos de estos nombres llegan como decimales, con esos ejes.

    Deja la función libre para la operación, que es lo que una lección quiere enseñar. Cada uno de
    ``checks`` recibe todos los argumentos y lanza ValueError si no van juntos.
    """

    def decorate(function: _Function) -> _Function:
        declared = signature(function)
        optional = {n for n, p in declared.parameters.items() if p.default is None}

        @wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            given = declared.bind(*args, **kwargs)
            given.apply_defaults()
            for name, ndim in ndims.items():
                if name not in optional or given.arguments[name] is not None:
                    given.arguments[name] = as_floats(given.arguments[name], name, ndim)
            for check in checks:
                check(**given.arguments)
            return function(*given.args, **given.kwargs)

        return cast(_Function, checked)

    return decorate


def _as_array(value: Any, name: str) -> np.ndarray:
    if type(value) is np.ndarray:
        return value
    if isinstance(value, np.ma.MaskedArray):
        raise ValueError(
            f"«{name}» es un arreglo con máscara, y aquí se perdería: rellénalo antes con "
            ".filled(valor)."
        )
    if value is None or isinstance(value, (str, bytes, bytearray, Mapping, set, frozenset)):
        raise ValueError(f"«{name}» debe ser un arreglo de números. Llegó {shown(value)}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.asarray(value)
    except Exception:
        raise ValueError(
            f"«{name}» no se puede convertir en un arreglo de números (¿filas de distinto largo?). "
            f"Llegó {shown(value)}."
        ) from None


def _what(value: Any, array: np.ndarray) -> str:
    """El tipo, y qué hacer con los que tienen arreglo."""
    dtype = array.dtype
    if dtype.kind in "US":
        return f"texto, de tipo {dtype}"
    if dtype.kind == "c":
        return f"números complejos, de tipo {dtype}"
    if dtype.kind == "f" or dtype.name.startswith(("bfloat", "float")):
        return f"{dtype.name}; conviértelo antes con .astype(np.float32) o np.float64"
    if array.ndim == 0:
        return shown(value)
    return f"un arreglo de tipo {dtype.name}"
