"""Los filtros llevados a [0, 1] restando o dividiendo otra cosa."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .normalize_mistakes import BACKWARDS
from .terms import Tree, read, slips, value, written
from .ways import Entries, after

_FILTER = (0, 1, 2)
_RANGE = "el menor peso de cada filtro debe llegar a 0, y el mayor, a 1: sigue los dos"


def _scaled(id: str, cause: str) -> Named:
    return Named(id, cause, _RANGE, lessons.SHOWING_FILTERS)


TAKEN = _scaled(
    "normalizado-restando-otra-cosa",
    "arriba no restas el mínimo de cada filtro, sino otra cosa, o la sumas",
)
DIVISOR = _scaled(
    "normalizado-entre-otra-cosa",
    "abajo no divides entre max − min de cada filtro, sino entre otra cosa, o multiplicas",
)
ONE_TERM = _scaled(
    "un-termino-del-normalizado",
    "en la cuenta de cada filtro, un término o una operación no es la que va: (peso − mínimo) / "
    "(máximo − mínimo)",
)
BOTH = _scaled(
    "normalizado-con-otra-formula",
    "ni lo que restas arriba ni lo que divides abajo son los del filtro: su mínimo, y max − min",
)
CLIPPED = _scaled(
    "normalizado-recortando",
    "recortas los pesos al intervalo en lugar de llevarlos a él: los de fuera se pierden",
)
Part = Callable[[np.ndarray], Any]


def _per(reduce: Callable[..., Any], axes: tuple[int, ...] = _FILTER) -> Part:
    return lambda k: reduce(k, axis=axes, keepdims=True)


def _low(k: np.ndarray) -> Any:
    return k.min(axis=_FILTER, keepdims=True)


def _range(k: np.ndarray) -> Any:
    return k.max(axis=_FILTER, keepdims=True) - _low(k)


_TAKEN: tuple[Part, ...] = (
    _low,  # the right one
    _per(np.max),
    _per(np.mean),
    _per(np.median),
    lambda k: 0.0,
    lambda k: -_low(k),
    np.min,
    np.mean,
    lambda k: np.abs(k).min(axis=_FILTER, keepdims=True),
    lambda k: k.min(axis=(0, 1), keepdims=True),
    lambda k: k.min(axis=3, keepdims=True),
    _range,
    lambda k: np.abs(k).max(axis=_FILTER, keepdims=True),
)
_DIVISORS: tuple[Part, ...] = (
    _range,  # the right one
    lambda k: k.max(axis=_FILTER, keepdims=True) + _low(k),
    lambda k: -_range(k),
    lambda k: _low(k),
    _per(np.max),
    _per(np.std),
    _per(np.var),
    _per(np.sum),
    lambda k: np.abs(k).max(axis=_FILTER, keepdims=True),
    lambda k: np.abs(k).sum(axis=_FILTER, keepdims=True),
    lambda k: np.sqrt((k**2).sum(axis=_FILTER, keepdims=True)),
    lambda k: np.ptp(k),
    lambda k: np.max(k),
    lambda k: np.std(k),
    lambda k: np.abs(k).max(),
    lambda k: np.ptp(k, axis=(0, 1), keepdims=True),
    lambda k: 1.0,
    lambda k: 255.0,
    lambda k: 2.0,
    lambda k: _range(k) / 2,
    lambda k: 2 * _range(k),
    lambda k: _range(k) + 1,
    lambda k: _range(k) ** 2,
    lambda k: np.sqrt(_range(k)),
    lambda k: k[..., :1].size * 1.0,
    lambda k: 1 / np.where(_range(k) == 0, 1, _range(k)),
)


def _own(by: Any, k: np.ndarray) -> Any:
    """A divisor of 0 is 1, as whoever thinks of a constant filter writes it."""
    return np.where(by == 0, 1, by)


def _of_range(by: Any, k: np.ndarray) -> Any:
    """It is 1 where the range is 0, as in the statement's hint, and may be 0 elsewhere."""
    return np.where(k.max(axis=_FILTER) == k.min(axis=_FILTER), 1, by)


def _unguarded(by: Any, k: np.ndarray) -> Any:
    return by


Guard = Callable[[Any, np.ndarray], Any]  # of a divisor and the weights, what it divides by
_GUARDS: tuple[Guard, ...] = (_own, _of_range, _unguarded)


def _rescaled(taken: Part, divisor: Part, guard: Guard) -> Change:
    def change(_: Any, given: Arguments) -> np.ndarray:
        k = given["kernel"].astype(np.float64)
        with np.errstate(all="ignore"):
            quotient: np.ndarray = (k - taken(k)) / guard(np.asarray(divisor(k)), k)
        return quotient

    return after("formula", change)


def _rescalings(several: bool) -> Iterator[tuple[Part, Change]]:
    for taken, divisor in itertools.product(_TAKEN, _DIVISORS):
        if (taken is not _low) + (divisor is not _range) != 1 + several:
            continue
        for guard in _GUARDS:
            yield taken, _rescaled(taken, divisor, guard)


def _by_tree(quotient: Tree, width: Tree, guard: Guard) -> Change:
    """``quotient`` of the weights k, their m and M of each filter, and their ``width``, r."""

    def change(_: Any, given: Arguments) -> np.ndarray:
        k = given["kernel"].astype(np.float64)
        names: dict[str, Any] = {"k": k, "m": k.min(axis=_FILTER), "M": k.max(axis=_FILTER)}
        with np.errstate(all="ignore"):
            names["r"] = guard(np.asarray(value(width, names)), k)
            quotients: np.ndarray = np.asarray(value(quotient, names))
        return quotients

    words = {"k": "peso", "m": "mínimo", "M": "máximo"}
    return after("formula", change).said(
        written(quotient, words | {"r": f"({written(width, words)})"})
    )


_QUOTIENT, _WIDTH = read("(/ (- k m) r)"), read("(- M m)")


def _generated() -> Iterator[Change]:
    for guard in _GUARDS:
        for tree in slips(_QUOTIENT, ("k", "m", "M", "r", 1)):
            yield _by_tree(tree, _WIDTH, guard)
        for tree in slips(_WIDTH, ("k", "m", "M", 1)):
            yield _by_tree(_QUOTIENT, tree, guard)


def _of_answer(change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return after("formula", lambda value, given: change(value))


NORMALIZE_FORMULAS: Entries = (
    *CLIPPED.rarely(
        *(
            after("formula", lambda _, given, ends=ends: np.clip(given["kernel"], *ends))  # type: ignore[misc]
            for ends in ((0, 1), (-1, 1), (0, 255))
        ),
        after("formula", lambda _, given: np.maximum(given["kernel"], 0)),
    ),
    *BACKWARDS.rarely(
        _of_answer(np.negative),
        _rescaled(_per(np.max), lambda k: -_range(k), _own),
        _rescaled(_per(np.max), lambda k: -_range(k), _unguarded),
    ),
    *TAKEN.rarely(*(way for taken, way in _rescalings(False) if taken is not _low)),
    *DIVISOR.rarely(*(way for taken, way in _rescalings(False) if taken is _low)),
    *BOTH.rarely(*(way for _, way in _rescalings(True))),
    *ONE_TERM.rarely(*_generated()),
)
