"""El registro de lo calificado: motivos, avisos y aceptación, que nbgrader no guarda.

It is one more table of the gradebook, so that a mark and its record are saved together, or neither.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

from ..course.folder import Course
from ..submission.graded_cells import CheckResult
from ..submission.rows import Memo, check_from_row
from .database import ensure_table, exists, open_gradebook

GRADED, KEPT, UNGRADED = "calificada", "se conserva la nota anterior", "sin calificar"
REFUSED = "nbgrader no la calificó"  # It has a place in the gradebook all the same.
UNCHANGED = "sin cambios desde la última vez"
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
    """The outcomes of a course, the last of each student and unit."""

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
        if not inspect(gradebook.engine).has_table(_TABLE.name):
            return cls()
        found, memo = [], Memo()
        for (text,) in gradebook.db.execute(select(_TABLE.c.outcome)):
            try:
                found.append(_outcome(memo.of(json.loads(text)), memo))
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
        gradebook.db.rollback()
        return cls({(one.student, one.unit): one for one in found})

    @classmethod
    def add(cls, gradebook: Gradebook, outcome: Outcome) -> None:
        """Remember one outcome, in a gradebook that may have no place for them yet."""
        ensure_table(gradebook.engine, _TABLE)
        cls().put(gradebook.db, outcome)
        gradebook.db.commit()

    @classmethod
    def ready(cls, gradebook: Gradebook) -> Records:
        """The records, with a place in the gradebook to write more."""
        ensure_table(gradebook.engine, _TABLE)
        return cls.of(gradebook)

    def put(self, session: Any, outcome: Outcome) -> None:
        """Remember this one too, in a session whose transaction is the caller's."""
        key = outcome.student, outcome.unit
        session.execute(delete(_TABLE).where(_TABLE.c.student == key[0], _TABLE.c.unit == key[1]))
        row = {"student": key[0], "unit": key[1], "outcome": json.dumps(asdict(outcome))}
        session.execute(insert(_TABLE).values(row))
        self.outcomes[key] = outcome


def _outcome(row: dict[str, Any], memo: Memo) -> Outcome:
    checks = tuple(check_from_row(check, memo) for check in row.pop("checks"))
    return Outcome(**row | {"checks": checks, "notes": tuple(row["notes"])})
