"""``informe/errores.csv``: cada aspecto que alguien no superó, con su causa; y cuántos son."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from ..gradebook.records import Outcome
from ..judging.verdict import AspectResult, Verdict
from ..submission.graded_cells import CheckResult
from .causes import cause_of, causes_of
from .misconceptions import Misconceived, counted_rows
from .spreadsheet import Sheet, table

HEADER = (
    "estudiante", "comprobación", "aspecto", "puntos", "sobre", "fallo", "llamada", "posición",
    "causa", "explicación", "confianza", "hechos", "semilla",
)  # fmt: skip
COUNTED_HEADER = (
    "error", "dónde", "estudiantes", "de", "explicación", "apartado", "quiénes",
)  # fmt: skip
Row = tuple[str | float, ...]


class MistakesSheet:
    """One row for each aspect of a check that a student did not pass.

    They are written as the records are read: a class has more of them than anything else.
    """

    def __init__(self, file: TextIO) -> None:
        self._sheet = Sheet(file, HEADER)

    def note(self, outcome: Outcome) -> None:
        for check in outcome.checks:
            if check.points < check.max_points:
                for row in _of(check):
                    self._sheet.add((outcome.student, check.check_id or check.grade_id, *row))


def render_counted(mistakes: Sequence[Misconceived]) -> str:
    """A row for each mistake over the course, and one for each check that it was seen in."""
    return table(COUNTED_HEADER, counted_rows(mistakes))


def _of(check: CheckResult) -> Iterator[Row]:
    verdict, most = check.verdict, check.max_points
    if verdict is None or verdict.rejected:
        said = (verdict and verdict.rejected) or check.reason or ""
        yield "", check.points, most, said, "", "", cause_of(check), *[""] * 3, _seed(verdict)
        return
    for aspect in verdict.aspects:
        if not aspect.passed:
            known = causes_of(check), verdict.cause or "", *_diagnosed(verdict), _seed(verdict)
            yield aspect.name, 0.0, aspect.weight * most, *_where(aspect), *known


def _where(aspect: AspectResult) -> Row:
    place = "" if aspect.place is None else str(aspect.place)
    return aspect.failure or "", aspect.case or "", place


def _diagnosed(verdict: Verdict) -> Row:
    """How sure the cause is, and what else is known, one after another."""
    known = verdict.diagnosis
    return ((known.confidence or "") if known else "", "; ".join(known.facts) if known else "")


def _seed(verdict: Verdict | None) -> str:
    # As text: no spreadsheet keeps the twenty digits of a number.
    return "" if verdict is None or verdict.seed is None else f"n.º {verdict.seed}"
