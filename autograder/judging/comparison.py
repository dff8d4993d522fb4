"""Comparar lo que llegó con lo esperado, y decir en una línea en qué se diferencian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.numbers_es import significant
from ..wire.protocol import ModelSpec

SHAPE, VALUES = "forma", "valores"
MOST_INTEGERS = 100  # in one answer; no check asks for more than a few
_MOST_SHOWN = 8  # items of a list that are written out; beyond them, only how many they are


@dataclass(frozen=True)
class Mismatch:
    """Which aspect differs (``forma`` or ``valores``), and how, in Spanish.

    ``place`` is the position of the first number that is wrong, where there is one.
    """

    aspect: str
    text: str
    place: tuple[int, ...] | None = None


def describe(value: Any) -> str:
    """A received value in few words: None, a number, an array's shape, or its type."""
    if isinstance(value, np.ndarray):
        return f"un arreglo de forma {value.shape}"
    if value is None:
        return "None (¿falta el return?)"
    if isinstance(value, str):
        return f"el texto {value[:60]!r}"
    if isinstance(value, (float, np.floating)):
        return f"{significant(float(value))} ({type(value).__name__})"
    if isinstance(value, (bool, int, np.generic)):
        return f"{str(value)[:60]} ({type(value).__name__})"
    if isinstance(value, (tuple, list)):
        return _describe_items(value)
    if isinstance(value, dict):
        return f"un diccionario de {len(value)} claves (dict)"
    return _kind(value)


def _kind(value: Any) -> str:
    """The name of a type, as whoever wrote the answer knows it: a model comes as what it holds."""
    if isinstance(value, ModelSpec):
        return "una capa o un modelo de Keras"
    return type(value).__name__


def _describe_items(items: tuple[Any, ...] | list[Any]) -> str:
    """A few numbers as they are; anything else by how many there are, and of what.

    To write out arrays takes milliseconds each, and an answer may hold thousands of them.
    """
    name = type(items).__name__
    plain = (type(None), bool, int, float, np.generic)
    if len(items) <= _MOST_SHOWN and all(isinstance(item, plain) for item in items):
        return f"{str(items)[:60]} ({name})"
    kinds = {_kind(item) for item in items[:_MOST_SHOWN]}
    count = f"{len(items)} elemento" + ("" if len(items) == 1 else "s")
    return f"{count} ({name} de {' y '.join(sorted(kinds)[:3])})"


# Float32 rounds each product and each sum: a sum of n terms is off by at most about n·eps times
# the sum of their magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 3.1).
_EPS = float(np.finfo(np.float32).eps)


def accumulation_tolerance(terms: int, magnitude: np.ndarray) -> float:
    """Largest honest float32 error of sums of ``terms`` products.

    ``magnitude`` is the same result computed on absolute values; its maximum is taken, since an
    FFT spreads its error over the whole output.
    """
    largest = float(np.max(magnitude, initial=0.0))
    return (terms + 8) * _EPS * largest + float(np.finfo(np.float32).tiny)


@dataclass(frozen=True)
class CloseArrays:
    """Arrays equal up to the rounding of float32.

    ``tolerance`` takes the case's arguments and gives the largest absolute difference allowed.
    """

    tolerance: Callable[..., float]

    def __call__(
        self, expected: Any, got: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Mismatch | None:
        expected = np.asarray(expected)
        if not isinstance(got, np.ndarray):
            if not (np.ndim(expected) == 0 and isinstance(got, (int, float, np.number))):
                return Mismatch(SHAPE, f"esperaba un arreglo de NumPy y llegó {describe(got)}")
            got = np.asarray(got)
        if got.shape != expected.shape:
            return Mismatch(SHAPE, f"esperaba la forma {expected.shape} y llegó {got.shape}")
        if got.dtype == np.bool_:
            return Mismatch(VALUES, "llegaron valores booleanos en lugar de números")
        difference = np.abs(got.astype(np.float64) - expected.astype(np.float64))
        same = (difference <= self.tolerance(*args, **kwargs)) | (
            np.isnan(expected) & np.isnan(got)
        )
        wrong = ~same
        if not wrong.any():
            return None
        where = tuple(int(i) for i in np.unravel_index(np.argmax(wrong), wrong.shape))
        place = f"en la posición {where} " if where else ""
        text = f"{place}esperaba {significant(expected[where])} y llegó {significant(got[where])}"
        if np.issubdtype(got.dtype, np.integer) and _only_cut(got, expected, difference):
            text += f" (tu resultado es de tipo {got.dtype}: los decimales se pierden)"
        return Mismatch(VALUES, text, where or None)


def _only_cut(got: np.ndarray, expected: np.ndarray, difference: np.ndarray) -> bool:
    """Whether integers are what the right numbers are without their decimals, and not others."""
    return bool(got.any() and (difference < 1).all() and (expected % 1 != 0).any())


def _as_integers(value: Any) -> tuple[int, ...] | None:
    """An integer or a flat group of them, as a tuple; None where it is something else."""
    items = value if isinstance(value, (tuple, list)) else np.atleast_1d(np.asarray(value))
    if len(items) > MOST_INTEGERS or (isinstance(items, np.ndarray) and items.ndim > 1):
        return None
    whole = all(isinstance(n, (int, np.integer)) and not isinstance(n, bool) for n in items)
    return tuple(int(n) for n in items) if whole else None


def exact_integers(
    expected: Any, got: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Mismatch | None:
    """Integers (or groups of them: tuple, list, array) equal to the last unit."""
    wanted, came = _as_integers(expected), _as_integers(got)
    assert wanted is not None  # The course's own answer.
    kind = f"{len(wanted)} enteros" if isinstance(expected, tuple) else "un entero"
    if came is None or len(came) != len(wanted):
        extra = "; usa // en lugar de /" if isinstance(got, (float, np.floating)) else ""
        return Mismatch(SHAPE, f"esperaba {kind} y llegó {describe(got)}{extra}")
    if came != wanted:
        show = str(expected).replace("np.int64", "")
        return Mismatch(VALUES, f"esperaba {show} y llegó {describe(got)}")
    return None
