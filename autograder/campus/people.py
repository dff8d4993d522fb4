"""Quién es en nbgrader cada persona del aula virtual: por lo que la identifica."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..course.names import MAX_NAME, name_problem
from .worksheet import Person


@dataclass(frozen=True)
class Student:
    """A student as nbgrader knows them; only ``id`` is always there."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()


def who_they_are(
    people: Sequence[Person], known: Iterable[Student], linked: dict[int, str] | None = None
) -> dict[int, str]:
    """The student that each number is.

    By what was known of the number already; or else by e-mail, user name, number of the institution
    or, where only one is called so, by name. Who is nobody yet gets a name of their own.
    """
    known = list(known)
    found = who_is_known(people, known, linked)
    names = Counter(same(person.name) for person in people)
    taken = {student.casefold() for student in (*(one.id for one in known), *found.values())}
    for person in people:
        if person.number in found:
            continue
        student = _own_name(person, names[same(person.name)] == 1)
        if student.casefold() in taken:
            # Somebody's own name may look like one with a number: it is counted on until free.
            numbered = (_numbered(student, person.number, turn) for turn in itertools.count())
            student = next(name for name in numbered if name.casefold() not in taken)
        taken.add(student.casefold())
        found[person.number] = student
    return found


def who_is_known(
    people: Sequence[Person], known: Iterable[Student], linked: dict[int, str] | None = None
) -> dict[int, str]:
    """The student that each number is, of those that are some student already."""
    found = dict(linked or {})
    roster = _Roster(known)
    names = Counter(same(person.name) for person in people)
    owners = {student: number for number, student in found.items()}
    for person in people:
        if person.number not in found:
            student = roster.match(person, by_name=names[same(person.name)] == 1)
            if student is not None and student not in owners:
                found[person.number], owners[student] = student, person.number
    return found


class _Roster:
    def __init__(self, known: Iterable[Student]) -> None:
        self._students = list(known)
        self._emails = self._by(lambda one: one.email)
        self._lms = self._by(lambda one: one.lms)
        self._ids = self._by(lambda one: one.id)
        self._names = self._by(lambda one: one.name or one.id)

    def match(self, person: Person, *, by_name: bool) -> str | None:
        for found in (
            self._emails.get(same(person.email)),
            self._lms.get(same(person.idnumber)),
            *(self._ids.get(same(key)) for key in (person.username, person.email, person.idnumber)),
        ):
            if found:
                return found.id
        named = self._names.get(same(person.name)) if by_name else None
        if named and not _are_two(named, person):
            return named.id
        return None

    def _by(self, key: Callable[[Student], str]) -> dict[str, Student]:
        """Those whose key nobody else has."""
        keys = [(same(key(student)), student) for student in self._students]
        times = Counter(text for text, _ in keys)
        return {text: student for text, student in keys if text and times[text] == 1}


def _are_two(student: Student, person: Person) -> bool:
    """Whether they only share a name: what identifies them is told of both, and differs."""
    pairs = (student.email, person.email), (student.lms, person.idnumber)
    return any(a and b and same(a) != same(b) for a, b in pairs)


def _own_name(person: Person, alone: bool) -> str:
    for key in (person.username, person.email, person.idnumber):
        if (name := folder_name(key)) and not name_problem(name):
            return name
    name = folder_name(person.shown)
    if not name or name_problem(name):
        return f"Participante {person.number}"
    return name if alone else _numbered(name, person.number)


def _numbered(name: str, number: int, turn: int = 0) -> str:
    said = f"{number}, {turn}" if turn else f"{number}"
    return f"{name[: MAX_NAME - 30]} ({said})"


def same(text: str) -> str:
    """A name or an address to compare: however its accents, capitals and spaces are written."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def folder_name(text: str) -> str:
    """A text as the name of a student's folder, without what nbgrader or a page would misread."""
    name = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    name = "".join(char if char.isprintable() else " " for char in name)
    name = re.sub(r"[<>\"`\\{}#?%/:*|]|&(?! )|\N{REPLACEMENT CHARACTER}", " ", name)
    return re.sub(r"\s+", " ", name).strip().lstrip(".").strip()[:MAX_NAME].strip()
