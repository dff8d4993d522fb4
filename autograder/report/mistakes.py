"""``informe/errores.csv``: cada aspecto que alguien no superó, con su causa; y cuántos son."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..checks import UNITS
from ..course.folder import Course
from ..gradebook.database import exists, open_gradebook
from ..gradebook.records import Records
from ..gradebook.storage import explained
from ..judging.verdict import AspectResult, Verdict
from ..submission.graded_cells import CheckResult
from .causes import cause_of, causes_of
from .misconceptions import counted_rows, misconceptions
from .page import standing_records
from .people import People
from .spreadsheet import ENCODING, table

HEADER = (
    "estudiante", "comprobación", "aspecto", "puntos", "sobre", "fallo", "llamada", "posición",
    "causa", "explicación", "confianza", "hechos", "semilla",
)  # fmt: skip
COUNTED_HEADER = (
    "error", "dónde", "estudiantes", "de", "explicación", "apartado", "quiénes",
)  # fmt: skip
Row = tuple[str | float, ...]


def write_mistakes(course: Course) -> Path:
    """Write ``informe/errores.csv``; its path. Without a gradebook it has no rows."""
    return _write(course, "errores.csv", render_mistakes(_records(course)))


def write_counted(course: Course) -> Path:
    """Write ``informe/errores_contados.csv``: how many made each mistake that has a name."""
    return _write(course, "errores_contados.csv", render_counted(_records(course)))


def _records(course: Course) -> Records:
    with explained(course):
        if exists(course):
            with open_gradebook(course) as gradebook:
                return People.of(gradebook).here(standing_records(gradebook, course.all_units))
    return Records()


def _write(course: Course, name: str, text: str) -> Path:
    course.report.mkdir(exist_ok=True)
    path = course.report / name
    path.write_text(text, encoding=ENCODING, newline="")
    return path


def render_counted(records: Records) -> str:
    """A row for each mistake over the course, and one for each check that it was seen in."""
    return table(COUNTED_HEADER, counted_rows(misconceptions(records)))


def render_mistakes(records: Records) -> str:
    """One row for each aspect of a check that a student did not pass, in the course's order."""
    return table(HEADER, _rows(records))


def _rows(records: Records) -> Iterator[Row]:
    order = {unit: place for place, unit in enumerate(UNITS)}
    works = sorted(records.outcomes, key=lambda work: (work[0], order.get(work[1], len(order))))
    for student, unit in works:
        for check in records.outcomes[student, unit].checks:
            if check.points < check.max_points:
                yield from ((student, check.check_id or check.grade_id, *row) for row in _of(check))


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
