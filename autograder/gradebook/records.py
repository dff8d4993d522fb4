"""El registro de lo calificado: motivos, avisos y aceptación, que nbgrader no guarda.

It is one more table of the gradebook, so that a mark and its record are saved together, or neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

from ..course.folder import Course
from ..course.names import printable
from ..submission.graded_cells import CheckResult
from ..submission.rows import check_from_row
from .database import ensure_table, exists, open_gradebook

GRADED, KEPT, UNGRADED = "calificada", "se conserva la nota anterior", "sin calificar"
REFUSED = "nbgrader no la calificó"  # It has a place in the gradebook all the same.
UNCHANGED = "sin cambios desde la última vez"
AT_ONCE = 200  # Records that are in memory where a class is read one after another.
_TABLE = Table(
    "curso_registro",
    MetaData(),
    Column("student", String(512), primary_key=True),
    Column("unit", String(128), primary_key=True),
    Column("outcome", Text, nullable=False),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one submission.

    ``problem`` is the reason why it could not be graded; ``state`` says what stands instead.
    ``fingerprint`` is of all that the mark depends on, ``copy`` of the marked notebook,
    and ``seal`` of the folder as it was, where it was a plain one.
    """

    student: str
    unit: str
    state: str
    points: float
    max_points: float
    needs_reading: bool = False
    penalty: float = 0.0
    problem: str | None = None
    notes: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    acceptance: dict[str, Any] | None = None
    seconds: float = 0.0
    fingerprint: str = ""
    copy: str = ""
    seal: str = ""


@dataclass
class Records:
    """The outcomes of a course, the last of each student and unit: all of them in memory."""

    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    @classmethod
    def load(cls, course: Course) -> Records:
        """The course's records; empty where nothing has been graded."""
        if not exists(course):
            return cls()
        with open_gradebook(course) as gradebook:
            return cls.of(gradebook)

    @classmethod
    def of(cls, gradebook: Gradebook) -> Records:
        """The records in a gradebook; those that cannot be read do not count."""
        return cls({(one.student, one.unit): one for one in each(gradebook)})

    @classmethod
    def add(cls, gradebook: Gradebook, outcome: Outcome) -> None:
        """Remember one outcome, in a gradebook that may have no place for them yet."""
        make_place(gradebook.engine)
        put(gradebook.db, outcome)
        gradebook.db.commit()


def make_place(engine: Any) -> None:
    """A place in the gradebook for records."""
    ensure_table(engine, _TABLE)


def has_place(gradebook: Gradebook) -> bool:
    """Whether the gradebook has one."""
    # Over the session's own connection: another would wait for a writer that waits for this one.
    return bool(inspect(gradebook.db.connection()).has_table(_TABLE.name))


def put(session: Any, outcome: Outcome) -> None:
    """Remember an outcome, in a session whose transaction is the caller's."""
    key = outcome.student, outcome.unit
    session.execute(delete(_TABLE).where(_TABLE.c.student == key[0], _TABLE.c.unit == key[1]))
    row = {"student": key[0], "unit": key[1], "outcome": json.dumps(asdict(outcome))}
    session.execute(insert(_TABLE).values(row))


def some(session: Any, unit: str, students: Sequence[str]) -> dict[str, Outcome]:
    """What is remembered of the work of some students in a unit."""
    # A folder may have a name that no text has: nothing was ever graded of it.
    names = [name for name in students if printable(name) == name]
    query = select(_TABLE.c.outcome).where(_TABLE.c.unit == unit, _TABLE.c.student.in_(names))
    found = (_outcome(text) for (text,) in session.execute(query))
    return {one.student: one for one in found if one}


def each(gradebook: Gradebook) -> Iterator[Outcome]:
    """Every record, by student, and no more than a few in memory; what cannot be read is none."""
    if not has_place(gradebook):
        return
    student: Any = _TABLE.c.student
    if gradebook.engine.dialect.name == "postgresql":
        student = student.collate("C")  # As Python orders texts, whatever the server's language.
    query = select(_TABLE.c.outcome).order_by(student, _TABLE.c.unit)
    for (text,) in gradebook.db.execute(query.execution_options(yield_per=AT_ONCE)):
        if found := _outcome(text):
            yield found
    gradebook.db.rollback()


def _outcome(text: str) -> Outcome | None:
    try:
        row = json.loads(text)
        checks = tuple(check_from_row(check) for check in row.pop("checks"))
        return Outcome(**row | {"checks": checks, "notes": tuple(row["notes"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
