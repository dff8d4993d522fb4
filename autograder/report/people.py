"""Quién es cada estudiante del informe, con su nota en la escala; quién falta y quién se fue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook

from ..checks import Unit
from ..common.order_es import alphabetical
from ..course.scale import Scale, written
from ..gradebook.groups import groups
from ..gradebook.roster import listed, names

if TYPE_CHECKING:
    from .student_rows import StudentRow


@dataclass(frozen=True)
class Missing:
    """The people of the list who did not hand in a unit."""

    title: str
    people: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class People:
    """The course's list, and how each is called."""

    on_list: frozenset[str] | None = None
    called: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, gradebook: Gradebook) -> People:
        found = listed(gradebook)
        return cls(None if found is None else frozenset(found), names(gradebook), groups(gradebook))

    def name(self, student: str) -> str:
        """Who it is, where only the name is read: of two called the same, with their folder's."""
        name = self.called.get(student, student)
        return f"{name} ({student})" if self._bearers[name] > 1 else name

    @cached_property
    def _bearers(self) -> Counter[str]:
        return Counter(self.called.values())

    def is_here(self, student: str) -> bool:
        return self.on_list is None or student in self.on_list

    def gone(self, students: Iterable[str]) -> list[str]:
        """The names of those who are not on the list, of some who handed in."""
        return sorted(
            {self.name(one) for one in students if not self.is_here(one)}, key=alphabetical
        )

    def without_work(self, rows: Sequence[StudentRow]) -> list[StudentRow]:
        """Those of the list that the table of marks has no row of: nothing was handed in."""
        if not rows or self.on_list is None:
            return []
        absent = self.on_list - {row.student for row in rows}
        nothing = replace(rows[0], marks=(None,) * len(rows[0].marks), total=0.0, acceptance="")
        return [replace(nothing, student=one) for one in absent]

    def rows(
        self, rows: Sequence[StudentRow], scale: Scale | None, possible: Mapping[str, float]
    ) -> list[StudentRow]:
        """Those of who is on the list, with their names and, where there is a scale, marks.

        ``possible`` are the points of each unit, in the order of the rows' marks.
        """
        found = [
            _with_marks(self._told(row), scale, possible)
            for row in rows
            if self.is_here(row.student)
        ]
        return sorted(found, key=lambda row: (alphabetical(row.shown), row.student))

    def _told(self, row: StudentRow) -> StudentRow:
        student = row.student
        name, groups = self.called.get(student, ""), self.groups.get(student, ())
        return replace(row, name=name, groups=groups)

    def missing(self, units: Sequence[Unit], handed_in: Iterable[tuple[str, str]]) -> list[Missing]:
        """Who of the list did not hand in each unit; nothing where there is no list."""
        if self.on_list is None:
            return []
        there = set(handed_in)
        found = []
        for unit in units:
            absent = {one for one in self.on_list if (one, unit.id) not in there}
            people = tuple(sorted(map(self.name, absent), key=alphabetical))
            found.append(Missing(unit.title, people, len(self.on_list)))
        return found


def _with_marks(row: StudentRow, scale: Scale | None, possible: Mapping[str, float]) -> StudentRow:
    if scale is None:
        return row
    marks = tuple(
        mark
        and replace(mark, grade=written(scale.unit_mark(mark.unit, mark.points, mark.max_points)))
        for mark in row.marks
    )
    # What was not handed in counts, with nothing in it.
    earned = {
        unit: (mark.points if mark else 0.0, points)
        for (unit, points), mark in zip(possible.items(), row.marks, strict=True)
    }
    return replace(row, marks=marks, grade=written(scale.total(earned)))
