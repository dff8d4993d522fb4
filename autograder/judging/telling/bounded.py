"""Un diagnóstico con medida, y solo con texto y números: así cabe en cualquier archivo."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...common.one_line import one_line
from ..diagnosis.result import CERTAIN, LIKELY, Counterexample, Diagnosis, Table

MOST_IDS = 4
MOST_FACTS = 8
MOST_TABLES = 5  # of a call's inputs
MOST_NUMBERS = 150  # of one table; what is larger is only described
MOST_AXES = 6
MOST_WORDS = 500
MOST_NAME = 80
_MOST_INTEGER = 10**15
_Value = list[object] | str


def bounded(diagnosis: Diagnosis | None) -> Diagnosis | None:
    """The same diagnosis, plain and of bounded size: None where there is nothing sound in it."""
    if diagnosis is None:
        return None
    try:
        return _plain(diagnosis)
    except (TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        return None


def from_row(row: Mapping[str, Any] | None) -> Diagnosis | None:
    """A diagnosis as it is kept in a record; None where it cannot be read."""
    if not row:
        return None
    try:
        example = row.get("example")
        known = {key: row[key] for key in Diagnosis.__dataclass_fields__ if key in row}
        return bounded(Diagnosis(**known | {"example": example and _example_of(example)}))
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def _example_of(row: Mapping[str, Any]) -> Counterexample:
    inputs = tuple(Table(**table) for table in row["inputs"])
    tables = {name: Table(**row[name]) for name in ("expected", "got")}
    return Counterexample(**dict(row) | tables | {"inputs": inputs})


def _plain(given: Diagnosis) -> Diagnosis:
    return Diagnosis(
        ids=_lines(given.ids, MOST_IDS, MOST_NAME),
        causes=_lines(given.causes, MOST_IDS),
        confidence=given.confidence if given.confidence in (CERTAIN, LIKELY) else None,
        facts=_lines(given.facts, MOST_FACTS),
        example=given.example and _plain_example(given.example),
        hint=_line(given.hint),
        section=_line(given.section, 2 * MOST_NAME),
    )


def _plain_example(given: Counterexample) -> Counterexample:
    return Counterexample(
        call=one_line(str(given.call), MOST_WORDS),
        inputs=tuple(_plain_table(table) for table in given.inputs[:MOST_TABLES]),
        expected=_plain_table(given.expected),
        got=_plain_table(given.got),
        place=None if given.place is None else _whole(given.place),
        parting=_line(given.parting),
    )


def _plain_table(given: Table) -> Table:
    shape = _whole(given.shape)
    values = given.values
    if not isinstance(values, str):
        budget = [MOST_NUMBERS]
        try:
            values = _numbers(values, 0, budget)
        except _TooMuch:
            values = f"un arreglo de forma {shape}" if shape else "demasiados números"
    if isinstance(values, str):
        values = one_line(values)
    marked = tuple(_whole(place) for place in given.marked[:MOST_NUMBERS])
    return Table(one_line(str(given.name), MOST_NAME), values, shape, marked)


class _TooMuch(Exception):
    """More than anybody follows with a pencil."""


def _numbers(values: object, depth: int, budget: list[int]) -> list[object]:
    if depth >= MOST_AXES or not isinstance(values, (list, tuple)):
        raise _TooMuch
    budget[0] -= 1  # Lists of nothing are something too.
    found: list[object] = []
    for value in values:
        if isinstance(value, (list, tuple)):
            found.append(_numbers(value, depth + 1, budget))
            continue
        budget[0] -= 1
        if budget[0] < 0:
            raise _TooMuch
        found.append(_number(value))
    return found


def _number(value: object) -> object:
    """A plain number, or a word in its place: JSON knows no NaN."""
    if value is None or isinstance(value, (bool, np.bool_)):
        return None if value is None else bool(value)
    if isinstance(value, (int, np.integer)):
        whole = int(value)
        return whole if abs(whole) < _MOST_INTEGER else _float(float(whole))
    if isinstance(value, (float, np.floating)):
        return _float(float(value))
    return one_line(str(value), 40) if isinstance(value, str) else type(value).__name__[:40]


def _float(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def _lines(texts: Sequence[str], most: int, length: int = MOST_WORDS) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise TypeError(texts)
    return tuple(one_line(str(text), length) for text in texts[:most])


def _line(text: str | None, length: int = MOST_WORDS) -> str | None:
    return one_line(str(text), length) if text else None


def _whole(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(n) for n in numbers[: MOST_AXES + 2])
