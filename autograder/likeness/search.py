"""``curso copias``: las parejas de cada unidad que se parecen más de lo que explica el azar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..common.errors import CursoError
from ..course.folder import Course
from ..gradebook.database import exists, open_gradebook
from ..gradebook.roster import names
from ..gradebook.storage import explained
from ..gradebook.variants import check_variants
from ..submission.folder import students_with
from ..submission.published import PublishedCell, published_cells
from .index import Index, Pair
from .prints import Prints
from .side_by_side import Compared, compare
from .work import of_the_course, pieces, works

MOST_DRAWN = 60  # Pairs of a unit that the page shows with their code; the table has all.


@dataclass(frozen=True)
class Likeness:
    """A pair by their folders' names; ``compared`` is their code, of the first pairs only."""

    first: str
    second: str
    share: float
    evidence: float
    group: int
    compared: Compared | None = None


@dataclass(frozen=True)
class UnitLikeness:
    """What was found in a unit, and in how many submissions; ``groups`` are of three or more."""

    unit: str
    read: int
    unread: int
    pairs: list[Likeness]
    groups: list[list[str]]
    named: str = ""

    @property
    def title(self) -> str:
        return self.named or self.unit


@dataclass(frozen=True)
class Found:
    """Every unit that somebody handed in, and how each student is called."""

    units: list[UnitLikeness]
    called: dict[str, str]

    @property
    def pairs(self) -> int:
        return sum(len(unit.pairs) for unit in self.units)


def search(
    course: Course, units: Iterable[str], step: Callable[[str, int], None] = lambda *_: None
) -> Found:
    """Compare the submissions of each unit; ``step`` hears the unit and how many there are.

    Raises
    ------
    CursoError
        If nothing was published or handed in.
    """
    published: dict[str, tuple[PublishedCell, ...]] = {}
    with explained(course):
        if not exists(course):
            raise CursoError("no hay libro de notas: publica antes con curso publicar")
        with open_gradebook(course) as gradebook:
            registered = {assignment.name for assignment in gradebook.assignments}
            for unit in units:
                if unit in registered:
                    published[unit] = published_cells(gradebook, unit, course.notebook(unit))
                    check_variants(course, gradebook, unit)
            called = names(gradebook)
    handed = {unit: students_with(course, unit) for unit in published}
    if not any(handed.values()):
        raise CursoError("no hay nada entregado que comparar en submitted/")
    known = of_the_course(course)
    found = [
        _unit(course, unit, published[unit], students, known, step)
        for unit, students in handed.items()
        if students
    ]
    return Found(found, called)


def _unit(
    course: Course,
    unit: str,
    published: Sequence[PublishedCell],
    students: Sequence[str],
    known: Prints,
    step: Callable[[str, int], None],
) -> UnitLikeness:
    every = works(course, unit, published, students, lambda: step(unit, len(students)))
    readable = [
        (name, work) for name, work in zip(students, every, strict=True) if work is not None
    ]
    who, index = [name for name, _ in readable], Index([work for _, work in readable], known)
    pairs = index.pairs()
    groups = grouped(pairs)
    number = {member: place for place, group in enumerate(groups, 1) for member in group}

    def told(place: int, pair: Pair) -> Likeness:
        first, second = who[pair.first], who[pair.second]
        compared = None
        if place < MOST_DRAWN:
            one = pieces(course, unit, published, first)
            other = pieces(course, unit, published, second)
            compared = compare(one or (), other or (), index, known)
        return Likeness(first, second, pair.share, pair.evidence, number[pair.first], compared)

    return UnitLikeness(
        unit,
        len(who),
        len(students) - len(who),
        [told(place, pair) for place, pair in enumerate(pairs)],
        [[who[member] for member in group] for group in groups if len(group) > 2],
        course.all_units[unit].title,
    )


def grouped(pairs: Iterable[Pair]) -> list[list[int]]:
    """Who is joined to whom by some pair, through others too; the largest group first."""
    leader: dict[int, int] = {}

    def of(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for pair in pairs:
        leader[of(pair.second)] = of(pair.first)
    groups: dict[int, list[int]] = {}
    for one in leader:
        groups.setdefault(of(one), []).append(one)
    return sorted((sorted(group) for group in groups.values()), key=lambda g: (-len(g), g))
