"""``curso moodle entregas.zip --hoja hoja.csv``: de lo que se baja de Moodle a ``submitted/``."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from ..common.errors import CursoError
from ..common.regular_files import Unreadable
from ..course.folder import Course
from ..course.lock import only_one
from ..course.moments import written
from ..course.names import name_problem
from ..gradebook.database import open_gradebook
from ..gradebook.storage import explained
from ..submission.published import published_cells
from .archive import open_archive
from .dates import in_utc
from .entries import Entry
from .handed import Handed, Owned, Published, numbers_with_two_names, owned_entries, unpack
from .links import Link, links, remember
from .people import same, who_they_are
from .placing import (
    KEPT,
    SAME,
    Place,
    arrange,
    chosen,
    compare,
    put,
    stage,
    write_timestamp,
)
from .students import students_of
from .worksheet import Person, Worksheet, read_worksheet

ORDER = "curso moodle"
NOT_PLACED = "sin colocar"
ANONYMOUS = ("participante", "participant")


@dataclass(frozen=True)
class Row:
    """What came of one person's work: ``state`` in few words, and what else there is to say."""

    name: str
    number: int | None
    student: str
    state: str
    notes: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        return self.state != NOT_PLACED


@dataclass
class Received:
    """What came of a whole download."""

    unit: str
    rows: list[Row] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def count(self) -> Counter[str]:
        return Counter(row.state for row in self.rows)


@dataclass(frozen=True)
class _Work:
    handed: Handed
    people: tuple[Person, ...]


def receive(
    course: Course,
    archive: Path,
    sheet: Path,
    unit: str | None = None,
    zone: str | None = None,
    report: Callable[[], None] = lambda: None,
) -> Received:
    """Put a class's work in its place; nothing is written where it cannot all be read.

    Parameters
    ----------
    course : Course
    archive, sheet : Path
        What Moodle gives: its submissions' zip, and its worksheet.
    unit : str, optional
        The unit that it is of; if not, the one that most notebooks are of.
    zone : str, optional
        The time zone of the sheet's hours; if not, the exchange's, or else this machine's.
    report : callable, optional
        Called after each owner's work is read.

    Raises
    ------
    CursoError
    """
    worksheet = read_worksheet(sheet)
    in_utc(datetime(2026, 1, 1), zone)  # A zone that is none is told before anything else.
    with explained(course), only_one(course, ORDER), open_gradebook(course) as gradebook:
        published = _published(course, gradebook)
        try:
            opened = open_archive(archive)
        except Unreadable as error:
            raise CursoError(f"«{archive}» {error.args[0]}") from error
        with opened, stage(course) as folder:
            return _Reception(course, gradebook, worksheet, published, zone, folder).of(
                opened, archive, unit, report
            )


def _published(course: Course, gradebook: Gradebook) -> Published:
    found = {}
    for unit in course.units():
        try:
            found[unit] = published_cells(gradebook, unit, course.notebook(unit))
        except MissingEntry:
            continue
    if not found:
        raise CursoError("no hay ninguna unidad publicada: antes, curso publicar")
    return found


class _Reception:
    def __init__(
        self,
        course: Course,
        gradebook: Gradebook,
        worksheet: Worksheet,
        published: Published,
        zone: str | None,
        folder: Path,
    ) -> None:
        self._course, self._gradebook, self._sheet = course, gradebook, worksheet
        self._published, self._folder = published, folder
        configured = course.config.Exchange.get("timezone")
        self._zone = zone or (configured if isinstance(configured, str) else None)

    def of(
        self,
        archive: zipfile.ZipFile,
        path: Path,
        unit: str | None,
        report: Callable[[], None],
    ) -> Received:
        owned, strangers = owned_entries(archive)
        if not owned:
            raise CursoError(
                f"«{path}» no es lo que da Moodle: sus carpetas se llaman "
                "«Nombre_12345_assignsubmission_file»; en la tarea, «Descargar todas las entregas»"
            )
        people = {owner: self._people(owner) for owner in owned}
        if not any(people.values()):
            raise CursoError(
                f"«{self._sheet.path}» no es la hoja de la actividad de «{path}»: ninguno de sus "
                "números está en ella"
            )
        works, rows = self._read(archive, owned, people, report)
        unit = unit or self._unit_of(works)
        if unit not in self._published:
            raise CursoError(f"la unidad {unit} no está publicada: antes, curso publicar {unit}")
        received = Received(unit, rows)
        self._place(works, received)
        received.rows += [
            Row(name[:80], None, "", NOT_PLACED, ("no dice de quién es",)) for name in strangers
        ]
        received.rows.sort(key=lambda row: (not row.placed, same(row.name)))
        there = {person.number for work in works for person in work.people}
        there |= {row.number for row in received.rows if row.number is not None}
        received.absent = [p.shown for p in self._sheet.people if p.number not in there]
        return received

    def _people(self, owner: tuple[str, int | None]) -> list[Person]:
        """Those whose work it is: a person, or all those of a team."""
        name, number = owner
        if self._sheet.in_teams:
            team = [p for p in self._sheet.people if p.group and _team(p.group) == _team(name)]
            if team:
                return team
        found = None if number is None else self._sheet.by_number.get(number)
        return [found] if found else []

    def _read(
        self,
        archive: zipfile.ZipFile,
        owned: Owned,
        people: Mapping[tuple[str, int | None], list[Person]],
        report: Callable[[], None],
    ) -> tuple[list[_Work], list[Row]]:
        twice = numbers_with_two_names(owned)
        works, rows = [], []
        for place, (owner, entries) in enumerate(owned.items()):
            problem = self._owner_problem(owner, people[owner], twice)
            if problem:
                rows.append(Row(owner[0], owner[1], "", NOT_PLACED, (problem,)))
                continue
            handed = self._unpack(archive, owner, entries, self._folder / f"{place}")
            report()
            if handed.problem:
                rows.append(Row(owner[0], owner[1], "", NOT_PLACED, (handed.problem,)))
                continue
            works.append(_Work(handed, tuple(people[owner])))
        return works, rows

    def _unpack(
        self,
        archive: zipfile.ZipFile,
        owner: tuple[str, int | None],
        entries: Sequence[tuple[Entry, zipfile.ZipInfo]],
        folder: Path,
    ) -> Handed:
        folder.mkdir()
        return unpack(archive, owner, entries, folder, self._published)

    @staticmethod
    def _owner_problem(
        owner: tuple[str, int | None], people: Sequence[Person], twice: set[int]
    ) -> str | None:
        if owner[1] in twice:
            return f"el número {owner[1]} viene con dos nombres: no se sabe de quién es"
        if not people:
            return "su número no está en la hoja: ¿se descargaron las dos a la vez?"
        return None

    @staticmethod
    def _unit_of(works: Sequence[_Work]) -> str:
        """The unit that most work is of."""
        votes = Counter(
            unit
            for work in works
            for unit in {one.unit for one in work.handed.notebooks}
            if unit is not None
        )
        if not votes:
            raise CursoError(
                "ningún cuaderno del zip es de una unidad publicada: di cuál es con --unidad"
            )
        (unit, most), *rest = votes.most_common()
        if rest and rest[0][1] * 2 > most:
            raise CursoError(
                f"en el zip hay cuadernos de {unit} y de {rest[0][0]}: di cuál es la unidad de la "
                "tarea con --unidad"
            )
        return unit

    def _place(self, works: Sequence[_Work], received: Received) -> None:
        known = [link for link in links(self._gradebook) if link.unit == received.unit]
        linked = {link.number: link for link in known}
        everyone = [person for work in works for person in work.people]
        students = who_they_are(
            everyone,
            students_of(self._course, self._gradebook),
            {number: one.student for number, one in linked.items()},
        )
        places, done = [], []
        for count, work in enumerate(works):
            for person in work.people:
                row, place = self._staged(work, person, students[person.number], received, count)
                received.rows.append(row)
                if place:
                    places.append(place)
                if row.placed and row.state != KEPT:
                    done.append((person, students[person.number]))
        for place in places:
            put(self._course, place)
        self._remember(done, received.unit, linked)

    def _staged(
        self, work: _Work, person: Person, student: str, received: Received, count: int
    ) -> tuple[Row, Place | None]:
        unit, course = received.unit, self._course
        expected = f"{course.notebook(unit)}.ipynb"

        def row(state: str, notes: Sequence[str]) -> Row:
            return Row(person.shown, person.number, student, state, tuple(notes))

        home = course.submitted / student
        if home.is_symlink() or (home.exists() and not home.is_dir()):
            return row(NOT_PLACED, [f"submitted/{student} no es una carpeta"]), None
        if problem := name_problem(student):
            return row(NOT_PLACED, [problem]), None
        notebook = chosen(work.handed, unit, expected)
        others = {one.unit for one in work.handed.notebooks if one.unit not in (None, unit)}
        if notebook is None and others:
            units = ", ".join(sorted(map(str, others)))
            return row(NOT_PLACED, [f"su cuaderno es de {units}, no de {unit}"]), None
        folder = self._folder / f"listo-{count}-{person.number}"
        folder.mkdir()
        notes = [*work.handed.notes]
        notes += arrange(
            work.handed, notebook, expected, self._course.all_units[unit].weights, folder
        )
        if notebook is None:
            notes.append("no trae ningún cuaderno de la unidad")
        if not work.handed.files:
            return row(NOT_PLACED, [*notes, "no queda ningún archivo que colocar"]), None
        if len(work.people) > 1:
            notes.append(f"de «{work.handed.name}»")
        elif person.name and same(work.handed.name) not in (same(person.name), *ANONYMOUS):
            notes.append(f"en el zip, «{work.handed.name}»")
        at = None if person.submitted is None else in_utc(person.submitted, self._zone)
        write_timestamp(folder, at)
        place = Place(student, unit, folder, at)
        state = compare(course, place)
        return row(state, notes), None if state in (SAME, KEPT) else place

    def _remember(
        self, done: Sequence[tuple[Person, str]], unit: str, linked: Mapping[int, Link]
    ) -> None:
        """The number, and what the sheet says of who has neither name nor e-mail."""
        kept = []
        for person, student in done:
            at = "" if person.submitted is None else written(in_utc(person.submitted, self._zone))
            known = linked.get(person.number, Link(person.number, unit, student))
            kept.append(replace(known, student=student, submitted=at))
            found = self._gradebook.update_or_create_student(student)
            if not (found.first_name or found.last_name) and person.name:
                found.first_name = person.name[:128]
            if not found.email and person.email:
                found.email = person.email[:128]
        self._gradebook.db.commit()
        remember(self._gradebook, kept)


def _team(name: str) -> str:
    """A team's name as Moodle makes a folder's of it, to compare: letters and figures alone."""
    return "".join(char for char in same(name) if char.isalnum())
