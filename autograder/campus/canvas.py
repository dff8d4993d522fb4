"""``curso canvas --devolver libro.csv``: las notas, en el libro de calificaciones que da Canvas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from ..checks import Unit
from ..common.errors import CursoError
from ..common.numbers_es import number
from ..course.folder import Course
from ..gradebook.database import exists, open_gradebook
from ..gradebook.storage import explained
from .give_back import ABSENT, GIVEN, SKIPPED, Given
from .headers import plain
from .links import CANVAS, Link, and_now, is_ours, links, remember
from .marks import NOTHING, MarkBook
from .people import who_is_known
from .sheet import Sheet, read_sheet
from .students import students_of
from .worksheet import Person, decimal_of

FOLDER = "canvas"
HOW = "la da Canvas en Calificaciones, «Exportar», «Exportar libro de calificaciones completo»"
# By gradebook_exporter.rb, which writes these in English in every language.
_FACTS = {
    "student": "name", "lastname": "last", "firstname": "first", "id": "number",
    "sis user id": "idnumber", "sis login id": "username", "section": "section",
}  # fmt: skip
_TOTALS = re.compile(r"(current|final|override) (score|points|grade|status)", re.IGNORECASE)
_UNTOUCHED = {"n/a": "no la tiene asignada en Canvas", "ex": "está exento en Canvas"}


@dataclass(frozen=True)
class Column:
    """An assignment of the gradebook: where it is, its title, and its points."""

    place: int
    title: str
    maximum: Decimal


@dataclass
class CanvasBack:
    """The file to take to Canvas, and what each student has in each unit."""

    sheet: Path
    columns: dict[str, Column] = field(default_factory=dict)
    rows: dict[str, list[Given]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class CanvasBook:
    """The gradebook that a teacher exported."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet, self.path = sheet, path
        self._where = {
            _FACTS[plain(text)]: place
            for place, text in reversed(list(enumerate(sheet.header)))
            if plain(text) in _FACTS
        }
        points = [row for row in range(1, len(sheet.rows)) if self._is_points(row)]
        if not points:
            raise CursoError(f"«{path}» no tiene la fila “Points Possible”: el libro {HOW}")
        self._points = points[0]
        self.people = [
            self._person(row)
            for row in range(self._points + 1, len(sheet.rows))
            if self._text(row, "number").isdigit() and not self._is_test(row)
        ]

    @property
    def columns(self) -> list[Column]:
        """The assignments that take a mark: those after the section, with points."""
        found = []
        for place in range(self._where["section"] + 1, len(self.sheet.header)):
            title = self.sheet.header[place]
            maximum = decimal_of(self.sheet.value(self._points, place))
            if maximum is not None and maximum > 0 and not _TOTALS.search(title):
                found.append(Column(place, title, maximum))
        return found

    @property
    def comma(self) -> bool:
        """Whether its numbers have a decimal comma, as they came."""
        for row in range(self._points, len(self.sheet.rows)):
            for place in range(self._where["section"] + 1, len(self.sheet.header)):
                if re.fullmatch(r"\d+,\d+", self.sheet.value(row, place).strip()):
                    return True
        return False

    def _is_points(self, row: int) -> bool:
        return plain(self.sheet.value(row, 0)) == "points possible"

    def _is_test(self, row: int) -> bool:
        """Canvas' own student, for trying things."""
        name = (
            plain(self._text(row, "name"))
            or f"{self._text(row, 'last')}, {self._text(row, 'first')}"
        )
        return plain(name) == "student, test" and not self._text(row, "idnumber")

    def _name(self, row: int) -> str:
        return self._text(row, "name") or f"{self._text(row, 'last')}, {self._text(row, 'first')}"

    def _text(self, row: int, meaning: str) -> str:
        place = self._where.get(meaning)
        text = "" if place is None else self.sheet.value(row, place).strip()
        # A name that begins as a formula, Canvas writes as one that gives it.
        quoted = re.fullmatch(r'="(.*)"', text, re.DOTALL)
        return quoted[1] if quoted else text

    def _person(self, row: int) -> Person:
        name = self._name(row)
        last, comma, first = name.partition(",")
        login = self._text(row, "username")
        return Person(
            row=row,
            number=int(self._text(row, "number")[:18]),
            name=f"{first.strip()} {last.strip()}" if comma else name,
            email=login if "@" in login else "",
            username=login,
            idnumber=self._text(row, "idnumber"),
        )


def read_canvas(path: Path) -> CanvasBook:
    """The gradebook in a file; :class:`CursoError` where it is none."""
    try:
        sheet = read_sheet(path, _is_canvas)
    except CursoError as error:
        raise CursoError(f"{error.args[0]}; el libro {HOW}") from error
    return CanvasBook(sheet, path)


def _is_canvas(header: Sequence[str]) -> bool:
    found = {plain(text) for text in header}
    return {"id", "section"} <= found and ("student" in found or {"lastname", "firstname"} <= found)


def give_to_canvas(
    course: Course, path: Path, unit: str | None = None, title: str | None = None
) -> CanvasBack:
    """Fill a copy of the teacher's gradebook, in ``informe/canvas/``.

    Parameters
    ----------
    course : Course
    path : Path
    unit : str, optional
        The only one; if not, each that some assignment is called as.
    title : str, optional
        Part of the title of the unit's assignment.

    Raises
    ------
    CursoError
    """
    book = read_canvas(path)
    if title is not None and unit is None:
        raise CursoError("con --columna hace falta --unidad: di de qué unidad son las notas")
    with explained(course):
        if not exists(course):
            raise CursoError("todavía no hay notas: califica antes con curso calificar")
        with open_gradebook(course) as gradebook:
            columns = _columns(
                book, [course.all_units[one] for one in ([unit] if unit else course.units())], title
            )
            back = CanvasBack(course.report / FOLDER / path.name, columns)
            students = who_is_known(book.people, students_of(course, gradebook))
            kept = [
                link
                for each, column in columns.items()
                for link in _fill(course, gradebook, book, each, column, students, back)
            ]
            back.sheet.parent.mkdir(parents=True, exist_ok=True)
            back.sheet.write_bytes(book.sheet.to_bytes())
            remember(gradebook, kept, CANVAS)
    return back


def _columns(book: CanvasBook, units: Sequence[Unit], title: str | None) -> dict[str, Column]:
    found = {}
    for unit in units:
        wanted = [title] if title is not None else [unit.id, unit.title]
        some = [c for c in book.columns if any(plain(w) in plain(c.title) for w in wanted)]
        exactly = [c for c in some if re.sub(r" \(\d+\)$", "", c.title) in wanted]
        some = exactly or some
        if len(some) > 1:
            titles = ", ".join(f"«{column.title}»" for column in some[:4])
            raise CursoError(
                f"hay varias columnas para {unit.id} ({titles}): di cuál con --columna"
            )
        if some:
            found[unit.id] = some[0]
    if not found:
        titles = ", ".join(f"«{column.title[:60]}»" for column in book.columns[:8])
        raise CursoError(
            f"en «{book.path}» ninguna tarea se llama como una unidad "
            f"({titles or 'no hay tareas'}): di cuál es con --unidad y --columna"
        )
    return found


def _fill(
    course: Course,
    gradebook: Gradebook,
    book: CanvasBook,
    unit: str,
    column: Column,
    students: dict[int, str],
    back: CanvasBack,
) -> list[Link]:
    try:
        gradebook.find_assignment(unit)
    except MissingEntry:
        back.notes.append(f"{unit} no está publicada")
        return []
    marks = MarkBook(course, gradebook, unit, column.maximum)
    if said := marks.other_maximum:
        back.notes.append(f"{unit}: {said}")
    known = {link.number: link for link in links(gradebook, CANVAS) if link.unit == unit}
    rows, kept = back.rows.setdefault(unit, []), []
    for person in book.people:
        student = students.get(person.number)
        link = known.get(person.number) or Link(person.number, unit, student or "")
        there = decimal_of(book.sheet.value(person.row, column.place))
        row = _row(book, person, student, marks, column, link)
        if (mark := decimal_of(row.mark)) is not None:
            given = and_now(there, link.returned, mark)
            kept.append(replace(link, student=row.student, returned=given))
        rows.append(row)
    return kept


def _row(
    book: CanvasBook,
    person: Person,
    student: str | None,
    marks: MarkBook,
    column: Column,
    link: Link,
) -> Given:
    def row(state: str, *notes: str, mark: str = "") -> Given:
        return Given(person.shown, person.number, student or "", state, mark, notes)

    there = book.sheet.value(person.row, column.place).strip()
    if student is None:
        return row(SKIPPED, "no es nadie del curso: con curso alumnos se dice quién es")
    ready = marks.of(student)
    if isinstance(ready, str):
        return row(ABSENT) if ready == NOTHING else row(SKIPPED, ready)
    if reason := _UNTOUCHED.get(plain(there)):
        return row(SKIPPED, reason)
    before = decimal_of(there)
    if there not in ("", "-") and before is None:
        return row(SKIPPED, f"en Canvas tiene «{there[:20]}»")
    if before is not None and before != ready.value and not is_ours(before, link.returned):
        return row(
            SKIPPED, f"en Canvas tiene {number(float(before))}, que alguien puso: se respeta"
        )
    text = f"{ready.value:.2f}" if ready.value == round(ready.value, 2) else str(ready.value)
    text = text.replace(".", ",") if book.comma else text
    if before != ready.value:
        book.sheet.put(person.row, column.place, text)
    return row(GIVEN, mark=text)
