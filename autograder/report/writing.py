"""``curso informe``: la clase leída una vez, y escrita en una página y en sus tablas."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Container, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TextIO

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from sqlalchemy.sql.functions import count

from ..checks import UNITS, Unit
from ..common.errors import CursoError
from ..common.one_line import one_line
from ..course.folder import Course
from ..gradebook.database import exists, open_gradebook
from ..gradebook.marks import all_marks
from ..gradebook.records import UNGRADED, Outcome, each
from ..gradebook.storage import explained
from .hardest import Hardest
from .misconceptions import Misconceptions
from .mistakes import MistakesSheet, render_counted
from .page import page_of, render_csv
from .people import People
from .spreadsheet import ENCODING
from .student_rows import StudentRow, StudentRows

NOTHING = "todavía no hay notas: califica antes con curso calificar"


class _Class:
    """All that the report tells of a class, gathered record by record; none of them is kept."""

    def __init__(self, course: Course, gradebook: Gradebook, mistakes: TextIO) -> None:
        self.known = course.all_units
        self.people = People.of(gradebook)
        self.handed_in = submissions_in(gradebook, self.known)
        self.hardest, self.misconceptions = Hardest(), Misconceptions()
        self.believed: set[str] = set()  # The units where no judge protects some mark.
        self._sheet = MistakesSheet(mistakes)
        possible = {one.name: float(one.max_score) for one in gradebook.assignments}
        rows = StudentRows(all_marks(gradebook), possible)
        for outcome in standing(gradebook, self.known, self.handed_in):
            self.handed_in.add((outcome.student, outcome.unit))
            rows.note(outcome)
            if self.people.is_here(outcome.student):
                self._note(outcome)
        shown = {unit for _, unit in self.handed_in}
        self.units = [unit for unit in self.known if unit in shown]
        self.every: list[StudentRow] = rows.rows(self.units)
        self.possible = {unit: possible[unit] for unit in self.units}

    def _note(self, outcome: Outcome) -> None:
        for one in (self.hardest, self.misconceptions, self._sheet):
            one.note(outcome)
        if any(check.believed for check in outcome.checks):
            self.believed.add(outcome.unit)


def write_report(course: Course, *, counted: bool = False) -> list[Path]:
    """Write ``informe/index.html``, ``notas.csv`` and ``errores.csv``; their paths.

    With ``counted``, ``errores_contados.csv`` too: how many made each mistake that has a name.

    Raises
    ------
    CursoError
        If nothing has been graded yet.
    """
    with tempfile.TemporaryFile("w+", encoding=ENCODING, newline="") as mistakes:
        with explained(course):
            if not exists(course):
                raise CursoError(NOTHING)
            with open_gradebook(course) as gradebook:
                found = _Class(course, gradebook, mistakes)
        if not found.units:
            raise CursoError("; ".join(units_left_out(course)) or NOTHING)
        course.report.mkdir(exist_ok=True)
        page, table, errors = (
            course.report / name for name in ("index.html", "notas.csv", "errores.csv")
        )
        mistakes.seek(0)
        with errors.open("w", encoding=ENCODING, newline="") as file:
            shutil.copyfileobj(mistakes, file)
    people, units = found.people, found.units
    rows = people.rows(found.every, course.scale, found.possible)
    named = found.misconceptions.found()
    drawn = page_of(
        units,
        rows,
        found.hardest.checks(),
        named,
        people=people,
        missing=people.missing([found.known[unit] for unit in units], found.handed_in),
        gone=people.gone(row.student for row in found.every),
        known=found.known,
        believed=found.believed,
    )
    with page.open("w", encoding="utf-8") as file:
        file.writelines(drawn)
    everybody = [*found.every, *people.without_work(found.every)]
    listed = people.rows(everybody, course.scale, found.possible)
    table.write_text(render_csv(units, listed), encoding=ENCODING, newline="")
    written = [page, table, errors]
    if counted:
        written.append(course.report / "errores_contados.csv")
        written[-1].write_text(render_counted(named), encoding=ENCODING, newline="")
    return written


def units_left_out(course: Course) -> list[str]:
    """A line for each unit with marks in the gradebook that the course no longer has.

    Its folder was taken away or called something else: nothing of it is in the report.
    """
    with explained(course), open_gradebook(course) as gradebook:
        found = gradebook.db.query(Assignment.name, count(SubmittedAssignment.id))
        marks = found.join(SubmittedAssignment).group_by(Assignment.name).order_by(Assignment.name)
        return [
            f"en el libro de notas hay {many} {'entrega' if many == 1 else 'entregas'} de "
            f"{one_line(name)}, que ya no es una unidad de {course.source.name}/: no está en el "
            "informe (sus notas se conservan; devuélvele su carpeta, con ese nombre)"
            for name, many in marks
            if name not in course.all_units
        ]


def submissions_in(gradebook: Gradebook, units: Container[str] = UNITS) -> set[tuple[str, str]]:
    """Student and unit of each submission that the gradebook holds, whoever graded it."""
    found = gradebook.db.query(SubmittedAssignment.student_id, Assignment.name).join(Assignment)
    return {(student, unit) for student, unit in found if unit in units}


def standing(
    gradebook: Gradebook, units: Mapping[str, Unit], handed_in: Container[tuple[str, str]]
) -> Iterator[Outcome]:
    """What is remembered of the submissions that the gradebook holds, or that it could not take.

    Students and units can be removed from it, and what was said of them goes with them. They come
    by student, and of each in the course's order.
    """
    registered = {assignment.name for assignment in gradebook.assignments}
    order = {unit: place for place, unit in enumerate(units)}
    for _, works in groupby(each(gradebook), key=lambda one: one.student):
        for one in sorted(works, key=lambda one: order.get(one.unit, len(order))):
            if (one.student, one.unit) in handed_in or (
                one.state == UNGRADED and one.unit in registered
            ):
                yield one
