"""Maneras de equivocarse que valen para muchas funciones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import After, Before, Change, answer
from ..judging.diagnosis.misconceptions import Misconception
from . import lessons
from .named import Named

Entries = tuple[Misconception, ...]


def before(part: str, change: Before) -> Change:
    """The right function with other arguments."""
    return Change(part, before=change)


def after(part: str, change: After) -> Change:
    """The right answer changed, knowing what was asked."""
    return Change(part, after=change)


def plus(part: str, term: Callable[[dict[str, Any]], int]) -> Change:
    """The right number with a quantity more, or less."""
    return Change(part, after=lambda value, given: value + term(given))


def rounded(digits: int) -> Change:
    """The right numbers, with so many decimals."""
    return answer(lambda value: np.round(value, digits))


def _as_float(value: Any) -> Any:
    return tuple(map(float, value)) if isinstance(value, tuple) else float(value)


# Of any function that answers with whole numbers.
WITH_DECIMALS = Named(
    "enteros-con-decimales",
    "llega un número con decimales (float) donde va un entero: / siempre da decimales",
    "busca la división: // da enteros, y también valen int(…) o las fórmulas que no dividen",
    lessons.CHECKING,
).by(
    answer(_as_float),
)
