"""Cuántos estudiantes cometieron cada error del catálogo, en cada comprobación y en el curso."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..checks import UNITS
from ..common.check_ids import ANOTHERS
from ..gradebook.records import Outcome
from ..judging.diagnosis.result import Counterexample, Table
from ..judging.telling.sections import Section
from ..judging.verdict import Verdict
from .causes import of_a_class

MONDAY = 5
WHOLE_COURSE = "todo el curso"


@dataclass(frozen=True)
class InCheck:
    """The students who made a mistake in one check, of those who handed it in."""

    check_id: str
    students: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Misconceived:
    """One mistake of the catalogue in a class.

    ``cause`` is what its students were told most; ``total`` how many handed in some check in which
    it was seen; ``example`` the smallest that one of them was shown.
    """

    id: str
    cause: str
    section: str | None
    students: tuple[str, ...]
    total: int
    checks: tuple[InCheck, ...]
    example: Counterexample | None = None

    @property
    def count(self) -> str:
        return told_count(len(self.students), self.total)

    @property
    def reread(self) -> str:
        """The lesson's section to go over again, in words; empty where none is known."""
        return Section.of(self.section).words if self.section else ""


def told_count(count: int, total: int) -> str:
    """``14 de 80 estudiantes``."""
    return f"{count} de {total} {'estudiante' if total == 1 else 'estudiantes'}"


class Misconceptions:
    """The mistakes that have a name, counted as a class's records are read."""

    def __init__(self) -> None:
        self._handed_in: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, _Seen] = defaultdict(_Seen)

    def note(self, outcome: Outcome) -> None:
        student = outcome.student
        for check in outcome.checks:
            if not check.check_id:
                continue
            self._handed_in[check.check_id].add(student)
            if check.verdict and not check.verdict.passed:
                for place, (name, cause) in enumerate(named(check.verdict)):
                    first = place == 0
                    told = of_a_class(name, cause)
                    self._seen[name].note(student, check.check_id, told, check.verdict, first)

    def found(self) -> list[Misconceived]:
        """Those of most students first."""
        found = [each.counted(name, self._handed_in) for name, each in self._seen.items()]
        return sorted(found, key=lambda one: (-len(one.students), one.id))


def named(verdict: Verdict) -> list[tuple[str, str]]:
    """The mistakes of a verdict: the id and the words of each."""
    known = verdict.diagnosis
    if known and known.ids:
        return list(zip(known.ids, known.causes, strict=False))
    return [(verdict.cause_id, verdict.cause or "")] if verdict.cause_id else []


@dataclass
class _Seen:
    """What a class showed of one mistake."""

    causes: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    where: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    example: Counterexample | None = None
    size: int = 0

    def note(self, student: str, check_id: str, cause: str, verdict: Verdict, first: bool) -> None:
        self.where[check_id].add(student)
        self.causes[cause] += 1
        known = verdict.diagnosis
        if known and known.section and first:
            self.sections[known.section] += 1
        if known and known.example and len(known.ids) == 1:  # Of two mistakes it shows both.
            size = _size(known.example)
            if self.example is None or size < self.size:
                self.example, self.size = known.example, size

    def counted(self, name: str, handed_in: dict[str, set[str]]) -> Misconceived:
        # What was asked of one student alone says nothing to a class.
        shared = name != ANOTHERS
        checks = sorted(self.where, key=lambda check: (-len(self.where[check]), _order(check)))
        return Misconceived(
            name,
            cause=self.causes.most_common(1)[0][0],
            section=self.sections.most_common(1)[0][0] if self.sections and shared else None,
            students=tuple(sorted(set().union(*self.where.values()))),
            total=len(set().union(*(handed_in[check] for check in checks))),
            checks=tuple(
                InCheck(check, tuple(sorted(self.where[check])), len(handed_in[check]))
                for check in checks
            ),
            example=self.example if shared else None,
        )


def _order(check_id: str) -> tuple[int, str]:
    units = list(UNITS)
    unit = check_id.partition(".")[0]
    return units.index(unit) if unit in units else len(units), check_id


def _size(example: Counterexample) -> int:
    return sum(map(_numbers, (*example.inputs, example.expected, example.got)))


def _numbers(table: Table) -> int:
    """How much there is to read in a table."""

    def count(values: object) -> int:
        return sum(map(count, values)) if isinstance(values, (list, tuple)) else 1

    return 10 if isinstance(table.values, str) else count(table.values)


def counted_rows(found: Sequence[Misconceived]) -> Iterator[tuple[str | float, ...]]:
    """A row for each mistake in the whole course, followed by one for each check."""
    for one in found:
        told = one.cause, one.reread
        yield one.id, WHOLE_COURSE, len(one.students), one.total, *told, ", ".join(one.students)
        for check in one.checks:
            names = ", ".join(check.students)
            yield one.id, check.check_id, len(check.students), check.total, *told, names
