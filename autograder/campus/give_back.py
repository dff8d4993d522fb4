"""``curso moodle --devolver hoja.csv``: la hoja del docente con sus notas, y los comentarios."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from nbgrader.api import Gradebook

from ..common.errors import CursoError
from ..common.numbers_es import number
from ..common.regular_files import Unreadable, read_regular
from ..course.folder import Course
from ..course.moments import Unclear, moment
from ..gradebook.database import exists, open_gradebook
from ..gradebook.storage import explained
from .dates import in_utc
from .links import Link, and_now, is_ours, links, remember
from .marks import NOTHING, OURS, MarkBook, Ready
from .people import who_is_known
from .students import students_of
from .worksheet import Person, Worksheet, decimal_of, read_worksheet

FOLDER = "moodle"
MAX_PAGE = 20 << 20
GIVEN, SKIPPED, ABSENT = "con nota", "sin tocar", "no entregó"
MINUTE = timedelta(seconds=60)


@dataclass(frozen=True)
class Given:
    """What came of one row of the sheet."""

    name: str
    number: int
    student: str
    state: str
    mark: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class GivenBack:
    """The files to take to Moodle, and what each row has."""

    unit: str
    sheet: Path
    pages: Path | None = None
    rows: list[Given] = field(default_factory=list)
    without_page: int = 0
    notes: list[str] = field(default_factory=list)


def give_back(
    course: Course, sheet: Path, unit: str | None = None, zone: str | None = None
) -> GivenBack:
    """Fill a copy of the teacher's worksheet, in ``informe/moodle/``, with its marks.

    Nothing but the mark's and the comment's cells changes, byte by byte. What Moodle would refuse,
    or a person put by hand, is left as it is.

    Raises
    ------
    CursoError
    """
    worksheet = read_worksheet(sheet)
    maximum = worksheet.maximum
    if maximum is None:
        raise CursoError(
            f"«{sheet}» no dice la calificación máxima: la tarea se califica con palabras, o sin "
            "nota; en Moodle, ponle en «Calificación» un máximo de puntos"
        )
    in_utc(datetime(2026, 1, 1), zone)
    with explained(course):
        if not exists(course):
            raise CursoError("todavía no hay notas: califica antes con curso calificar")
        with open_gradebook(course) as gradebook:
            known = links(gradebook)
            unit = unit or _unit_of(worksheet, known)
            linked = {link.number: link for link in known if link.unit == unit}
            book = MarkBook(course, gradebook, unit, maximum)
            back = _Filling(course, gradebook, worksheet, unit, book, linked, zone).fill()
    return back


def _unit_of(worksheet: Worksheet, known: Sequence[Link]) -> str:
    units = {link.unit for link in known if link.number in worksheet.by_number}
    if len(units) == 1:
        return units.pop()
    if units:
        raise CursoError(
            f"de las personas de «{worksheet.path}» se recibieron {', '.join(sorted(units))}: di "
            "cuál con --unidad"
        )
    raise CursoError(
        f"nada de «{worksheet.path}» se recibió con curso moodle: si las entregas se colocaron a "
        "mano, di la unidad con --unidad"
    )


class _Filling:
    def __init__(
        self,
        course: Course,
        gradebook: Gradebook,
        worksheet: Worksheet,
        unit: str,
        book: MarkBook,
        linked: Mapping[int, Link],
        zone: str | None,
    ) -> None:
        self._course, self._gradebook, self._sheet = course, gradebook, worksheet
        self._unit, self._book, self._linked = unit, book, linked
        configured = course.config.Exchange.get("timezone")
        self._zone = zone or (configured if isinstance(configured, str) else None)

    def fill(self) -> GivenBack:
        students = who_is_known(
            self._sheet.people,
            students_of(self._course, self._gradebook),
            {number: link.student for number, link in self._linked.items()},
        )
        folder = self._course.report / FOLDER
        back = GivenBack(self._unit, folder / self._sheet.path.name)
        if said := self._book.other_maximum:
            back.notes.append(said)
        if "comment" not in self._sheet.columns:
            back.notes.append(
                "la hoja no tiene columna de comentarios: en la tarea, activa «Comentarios de "
                "retroalimentación» si los quieres"
            )
        pages: dict[str, bytes] = {}
        kept = []
        for person in self._sheet.people:
            student = students.get(person.number)
            row, mark = self._row(person, student)
            if mark is not None and student is not None:
                link = self._linked.get(person.number, Link(person.number, self._unit, student))
                there = decimal_of(person.grade)
                kept.append(replace(link, returned=and_now(there, link.returned, mark)))
                if (page := self._page(student)) is not None:
                    pages[returned_name(person, f"{self._unit}.html")] = page
                else:
                    back.without_page += 1
            back.rows.append(row)
        folder.mkdir(parents=True, exist_ok=True)
        back.sheet.write_bytes(self._sheet.sheet.to_bytes())
        if pages:
            back.pages = folder / f"comentarios_{self._unit}.zip"
            with zipfile.ZipFile(back.pages, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in pages.items():
                    archive.writestr(name, data)
        remember(self._gradebook, kept)
        return back

    def _row(self, person: Person, student: str | None) -> tuple[Given, Decimal | None]:
        def row(state: str, *notes: str, mark: str = "") -> Given:
            return Given(person.shown, person.number, student or "", state, mark, notes)

        if student is None:
            return row(
                ABSENT if person.submitted is None else SKIPPED, *self._unknown(person)
            ), None
        ready = self._book.of(student)
        if isinstance(ready, str):
            # Who handed in on Moodle and has nothing here was not received.
            if ready == NOTHING and person.submitted is None:
                return row(ABSENT), None
            return row(SKIPPED, *self._unknown(person) if ready == NOTHING else (ready,)), None
        if problem := self._problem(person, ready):
            return row(SKIPPED, problem), None
        text = self._written(ready.value)
        sheet, columns = self._sheet.sheet, self._sheet.columns
        if decimal_of(person.grade) != ready.value:
            sheet.put(person.row, columns["grade"], text)
        notes = []
        if "comment" in columns:
            there = sheet.value(person.row, columns["comment"]).strip()
            if there and not there.startswith(OURS):
                notes.append("tiene un comentario tuyo, y se deja")
            else:
                sheet.put(person.row, columns["comment"], ready.comment)
        return row(GIVEN, *notes, mark=text), ready.value

    @staticmethod
    def _unknown(person: Person) -> tuple[str, ...]:
        if person.submitted is None:
            return ()
        return ("su entrega está en Moodle y no aquí: recógela con curso moodle",)

    def _problem(self, person: Person, ready: Ready) -> str | None:
        if person.locked:
            return "Moodle no deja cambiar su nota"
        link = self._linked.get(person.number)
        before = _moment(link.submitted, self._course) if link and link.submitted else None
        before = before or ready.handed_in
        if person.submitted is not None and before is not None:
            now = in_utc(person.submitted, self._zone)
            if now > before + MINUTE:
                return (
                    f"entregó otra vez ({person.submitted:%d/%m/%Y %H:%M}): recoge y califica de "
                    "nuevo"
                )
        there = decimal_of(person.grade)
        if there is None and person.grade:
            return f"en Moodle tiene «{person.grade[:20]}», que no es un número"
        given = link.returned if link else ""
        if there is not None and there != ready.value and not is_ours(there, given):
            when = f" el {person.graded:%d/%m/%Y %H:%M}" if person.graded else ""
            return f"en Moodle tiene {number(float(there))}, que alguien puso{when}: se respeta"
        return None

    def _written(self, value: Decimal) -> str:
        text = f"{value:.2f}"
        if value != Decimal(text):
            text = str(value)
        return text.replace(".", ",") if self._sheet.comma else text

    def _page(self, student: str) -> bytes | None:
        name = f"{self._course.notebook(self._unit)}.html"
        try:
            return read_regular(self._course.feedback / student / self._unit / name, MAX_PAGE)
        except (OSError, Unreadable):
            return None


def returned_name(person: Person, file: str) -> str:
    """The path of what goes back to a person in Moodle's zip of feedback files.

    As ``importziplib.php`` takes a path apart: name, number, kind of plug-in, plug-in, file.
    """
    name = re.sub(r"[\W_]+", " ", person.shown).strip()[:60] or "Participante"
    return f"{name}_{person.number}_assignfeedback_file_{file}"


def _moment(text: str, course: Course) -> datetime | None:
    try:
        return moment(text, course.clock)
    except Unclear:
        return None
