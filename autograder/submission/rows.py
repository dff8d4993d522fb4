"""El resultado de una comprobación, de vuelta de lo que JSON guarda de él."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..judging.telling.bounded import from_row
from ..judging.verdict import AspectResult, Verdict
from .graded_cells import CheckResult


def check_from_row(row: dict[str, Any]) -> CheckResult:
    """One check's result; without a verdict in records older than it, or where none is whole."""
    try:
        verdict = _verdict(row["verdict"]) if row.get("verdict") else None
    except (ValueError, TypeError, KeyError, AttributeError):
        verdict = None
    return CheckResult(**row | {"verdict": verdict})


def _verdict(row: dict[str, Any]) -> Verdict:
    aspects = tuple(
        _aspect(**each | {"place": tuple(each["place"]) if each.get("place") else None})
        for each in row["aspects"]
    )
    return Verdict(**row | {"aspects": aspects, "diagnosis": from_row(row.get("diagnosis"))})


@lru_cache(maxsize=1024, typed=True)
def _aspect(**fields: Any) -> AspectResult:
    """In a class most aspects are as those of somebody else."""
    return AspectResult(**fields)
