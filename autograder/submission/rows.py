"""El resultado de una comprobación, de vuelta de lo que JSON guarda de él."""

from __future__ import annotations

from typing import Any

from ..judging.telling.bounded import from_row
from ..judging.verdict import AspectResult, Verdict
from .graded_cells import CheckResult


class Memo:
    """Each text, and each aspect, once for the whole class.

    Hints and causes repeat from student to student: without this, 100,000 records take 1.2 GB.
    """

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def one(self, value: Any) -> Any:
        """The first that was equal to this one; it can be hashed."""
        return self._known.setdefault(value, value)

    def of(self, value: Any) -> Any:
        """What JSON gave, with each text once."""
        if isinstance(value, str):
            return self.one(value)
        if isinstance(value, list):
            return [self.of(each) for each in value]
        if isinstance(value, dict):
            return {key: self.of(each) for key, each in value.items()}
        return value


def check_from_row(row: dict[str, Any], memo: Memo) -> CheckResult:
    """One check's result; without a verdict in records older than it, or where none is whole."""
    try:
        verdict = _verdict(row["verdict"], memo) if row.get("verdict") else None
    except (ValueError, TypeError, KeyError, AttributeError):
        verdict = None
    return CheckResult(**row | {"verdict": verdict})


def _verdict(row: dict[str, Any], memo: Memo) -> Verdict:
    aspects = tuple(
        memo.one(
            AspectResult(**each | {"place": tuple(each["place"]) if each.get("place") else None})
        )
        for each in row["aspects"]
    )
    return Verdict(**row | {"aspects": aspects, "diagnosis": from_row(row.get("diagnosis"))})
