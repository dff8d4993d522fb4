"""Una fila por estudiante: sus notas, que son las del libro, y lo que hay que decir de ellas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..gradebook.marks import Marks
from ..gradebook.outcome_texts import acceptance_text, late_text
from ..gradebook.records import GRADED, Outcome
from ..gradebook.remarks import bounded


@dataclass(frozen=True, slots=True)
class UnitMark:
    """One cell of the table: points of a student in a unit, and what there is to say."""

    unit: str
    points: float
    max_points: float
    remarks: tuple[str, ...] = ()
    pending: bool = False
    problem: bool = False
    grade: str = ""  # On the institution's scale.


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student: a mark for each unit handed in, None for the others."""

    student: str
    marks: tuple[UnitMark | None, ...]
    total: float
    possible: float
    acceptance: str
    name: str = ""
    grade: str = ""  # On the institution's scale.
    groups: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The student's name, or else the one of their folder."""
        return self.name or self.student

    @property
    def share(self) -> float:
        return self.total / self.possible if self.possible else 0.0

    @property
    def attention(self) -> int:
        """What comes first to whoever reads the class: 2, a problem; 1, an answer to be read."""
        marks = [mark for mark in self.marks if mark]
        return 2 if any(m.problem for m in marks) else int(any(m.pending for m in marks))

    @property
    def verdict(self) -> str:
        """The homework's, short enough for a column: «aceptada», «rechazada», «sin evaluar»."""
        verdict = self.acceptance.partition(": ")[0]
        return verdict.removeprefix("tarea ").removeprefix("aceptación ")

    @property
    def reason(self) -> str:
        """Why the homework was refused or not evaluated; empty where it was accepted."""
        return self.acceptance.partition(": ")[2]


class StudentRows:
    """The rows of a class, made as its records are read: of a record only its words are kept.

    Parameters
    ----------
    saved : mapping
        The gradebook's marks by student and unit, manual ones included.
    possible : mapping
        The points of each unit.
    """

    def __init__(
        self, saved: Mapping[tuple[str, str], Marks], possible: Mapping[str, float]
    ) -> None:
        self._saved, self._possible = saved, possible
        self._marks: dict[tuple[str, str], UnitMark] = {}
        self._accepted: dict[tuple[str, str], str] = {}
        self._said: dict[str, str] = {}  # What many are told is in memory once.

    def note(self, outcome: Outcome) -> None:
        key = outcome.student, outcome.unit
        remarks = tuple(self._said.setdefault(text, text) for text in _said_of(outcome))
        problem = outcome.state != GRADED
        self._marks[key] = self._mark(key, remarks, problem)
        if outcome.acceptance:
            self._accepted[key] = acceptance_text(outcome.acceptance)

    def rows(self, units: Sequence[str]) -> list[StudentRow]:
        """One a student, by their folder's name; they are no longer kept here."""
        those = frozenset(units)
        students = {student for student, unit in (*self._saved, *self._marks) if unit in those}
        possible = sum(self._possible[unit] for unit in units)
        rows = []
        for student in sorted(students):
            marks = tuple(self._taken(student, unit) for unit in units)
            accepted = [self._accepted.get((student, unit), "") for unit in units]
            total = sum(mark.points for mark in marks if mark)
            acceptance = next(filter(None, reversed(accepted)), "")
            rows.append(StudentRow(student, marks, total, possible, acceptance))
        return rows

    def _taken(self, student: str, unit: str) -> UnitMark | None:
        key = student, unit
        if noted := self._marks.pop(key, None):
            return noted
        return self._mark(key, (), False) if key in self._saved else None

    def _mark(self, key: tuple[str, str], remarks: tuple[str, ...], problem: bool) -> UnitMark:
        saved, unit = self._saved.get(key), key[1]
        if saved and saved.penalty:
            remarks = (late_text(saved.penalty), *remarks)
        points, pending = (saved.points, saved.needs_reading) if saved else (0.0, False)
        return UnitMark(unit, points, self._possible[unit], remarks, pending, problem)


def _said_of(outcome: Outcome) -> Iterable[str]:
    if outcome.problem:
        yield f"{outcome.problem} ({outcome.state})"
    yield from bounded(outcome.notes)
    yield from (f"{c.check_id or c.grade_id}: {c.reason}" for c in outcome.checks if c.reason)
