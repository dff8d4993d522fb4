"""``curso alumnos lista.csv``: la lista de clase, la que da Moodle u otra que lleve títulos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..common.errors import CursoError
from ..common.one_line import one_line
from ..course.folder import Course
from ..course.names import name_problem
from ..gradebook.database import open_gradebook
from ..gradebook.groups import MAX_GROUP, MAX_GROUPS, in_order
from ..gradebook.roster import listed, set_list
from ..gradebook.storage import explained
from .headers import columns, plain
from .people import Student, same, who_they_are
from .sheet import Sheet, read_sheet
from .students import students_of
from .worksheet import Person, without_tags

MAX_FIELD = 128  # As nbgrader's columns.
_STAFF = ("profesor", "docente", "teacher", "tutor", "gestor", "manager", "ayudante", "assistant")
_SEVERAL = re.compile(r"[,;|\n]")  # Moodle writes all of somebody's groups in one field.
_STUDENT = ("estudiante", "alumn", "student")
HEADERS = "Nombre, Apellido(s), Dirección de correo, Nombre de usuario, Número de ID"


@dataclass
class Roster:
    """What a list changed: who is on it, who is new on it and who is not any more."""

    students: list[Student] = field(default_factory=list)
    joined: list[Student] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def take_list(course: Course, path: Path, *, add: bool = False) -> Roster:
    """Make the list in a file the course's.

    Who is not on it any more keeps their marks, and is left out of the report.

    Parameters
    ----------
    course : Course
    path : Path
        A CSV with headers, in whatever order.
    add : bool
        Add these to who is on the list already.

    Raises
    ------
    CursoError
        If it is no such list; then nothing changes.
    """
    try:
        sheet = read_sheet(path, _is_list)
    except CursoError as error:
        raise CursoError(
            f"{error.args[0]}; una lista es un CSV con títulos, como la que da Moodle en "
            f"Participantes: {HEADERS}"
        ) from error
    people, told, staff = _people(sheet, path)
    with explained(course), open_gradebook(course) as gradebook:
        known = students_of(course, gradebook)
        before = listed(gradebook)
        ids = who_they_are(people, known, told)
        found = [_student(person, ids[person.number], sheet) for person in people]
        if add and before is not None:
            there = {student.id: student for student in known}
            rest = before - {student.id for student in found}
            found += [there.get(student, Student(student)) for student in sorted(rest)]
        facts = [
            (
                one.id,
                {
                    "first_name": one.first, "last_name": one.last,
                    "email": one.email, "lms_user_id": one.lms,
                },
            )
            for one in found
        ]  # fmt: skip
        groups = _groups(people, ids, sheet)
        set_list(gradebook, facts, groups)
    called = {student.id: student.name for student in known}
    now = {student.id for student in found}
    old = {student.id for student in known} if before is None else before
    return Roster(
        sorted(found, key=lambda one: same(f"{one.last} {one.first}") or one.id),
        [student for student in found if student.id not in old],
        [called.get(student) or student for student in sorted(old - now)],
        staff,
        sorted({name for names in (groups or {}).values() for name in names}, key=in_order),
    )


def _groups(
    people: Sequence[Person], ids: dict[int, str], sheet: Sheet
) -> dict[str, list[str]] | None:
    """The groups and sections of each student; None where no column tells them."""
    where = columns(sheet.header)
    told = [where[meaning] for meaning in ("section", "group") if meaning in where]
    if not told:
        return None
    found = {}
    for person in people:
        texts = [
            text for column in told for text in _SEVERAL.split(sheet.value(person.row, column))
        ]
        names = [one_line(without_tags(text), MAX_GROUP) for text in texts]
        found[ids[person.number]] = list(dict.fromkeys(filter(None, names)))[:MAX_GROUPS]
    return found


def _is_list(header: Sequence[str]) -> bool:
    found = set(columns(header))
    return len(header) > 1 and bool(found & {"name", "first", "email", "username", "student"})


def _people(sheet: Sheet, path: Path) -> tuple[list[Person], dict[int, str], list[str]]:
    """Its rows, numbered as such; those that say which student they are; and who teaches."""
    where = columns(sheet.header)
    roles = next((n for n, text in enumerate(sheet.header) if plain(text) in _ROLES), None)
    people, told, staff = [], {}, []
    for row in range(1, len(sheet.rows)):
        text = {meaning: sheet.value(row, column).strip() for meaning, column in where.items()}
        name = text.get("name") or f"{text.get('first', '')} {text.get('last', '')}".strip()
        person = Person(
            row=row,
            number=row,
            name=without_tags(name)[:MAX_FIELD],
            email=one_line(text.get("email", "")),
            username=one_line(text.get("username", "")),
            idnumber=one_line(text.get("lms") or text.get("idnumber", "")),
        )
        if roles is not None and _teaches(sheet.value(row, roles)):
            staff.append(person.name or person.email)
            continue
        if student := text.get("student"):
            if problem := name_problem(student):
                raise CursoError(f"«{path}», fila {row + 1}: {problem}")
            told[row] = student
        elif not (person.name or person.email or person.username or person.idnumber):
            raise CursoError(f"«{path}», fila {row + 1}: no dice quién es")
        people.append(person)
    if not people:
        raise CursoError(f"«{path}» no tiene a nadie")
    _no_doubles(people, told, path)
    return people, told, staff


_ROLES = ("roles", "rol", "role")


def _teaches(role: str) -> bool:
    words = plain(role)
    return any(one in words for one in _STAFF) and not any(one in words for one in _STUDENT)


def _no_doubles(people: Sequence[Person], told: dict[int, str], path: Path) -> None:
    for what, values in (
        ("el correo", [same(person.email) for person in people]),
        ("el usuario", [same(person.username) for person in people]),
        ("el estudiante", [same(student) for student in told.values()]),
    ):
        twice = [value for value, times in Counter(values).items() if value and times > 1]
        if twice:
            raise CursoError(f"«{path}» trae dos veces {what} «{twice[0][:80]}»: quita una fila")


def _student(person: Person, student: str, sheet: Sheet) -> Student:
    where = columns(sheet.header)

    def text(meaning: str) -> str:
        column = where.get(meaning)
        return "" if column is None else sheet.value(person.row, column).strip()[:MAX_FIELD]

    first, last = text("first"), text("last")
    if not (first or last):
        # «López, Ana» says which is which; «Ana López» does not.
        before, comma, after = person.name.partition(",")
        first, last = (after.strip(), before.strip()) if comma else (person.name, "")
    return Student(
        student, without_tags(first), without_tags(last), person.email[:MAX_FIELD],
        person.idnumber[:MAX_FIELD],
    )  # fmt: skip
