"""El registro de lo calificado: motivos, avisos y aceptación, que el libro de notas no guarda."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from .course import Course
from .graded_cells import CheckResult

GRADED, KEPT, UNGRADED = "calificada", "se conserva la nota anterior", "sin calificar"
UNCHANGED = "sin cambios desde la última vez"


@dataclass(frozen=True)
class Outcome:
    """What came of one submission.

    ``problem`` is the reason why it could not be graded; ``state`` says what stands instead.
    ``fingerprint`` is of all that the mark depends on.
    """

    student: str
    unit: str
    state: str
    points: float
    max_points: float
    needs_reading: bool = False
    problem: str | None = None
    notes: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    acceptance: dict[str, Any] | None = None
    seconds: float = 0.0
    fingerprint: str = ""


@dataclass
class Records:
    """The outcomes of a course, the last of each student and unit."""

    course: Course
    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    @classmethod
    def load(cls, course: Course) -> Records:
        """The course's records; empty where there are none or they cannot be read."""
        try:
            rows = json.loads(_path(course).read_text(encoding="utf-8"))
            found = [_outcome(row) for row in rows]
        except (OSError, ValueError, TypeError, KeyError):
            found = []
        return cls(course, {(one.student, one.unit): one for one in found})

    def put(self, outcomes: Iterable[Outcome]) -> None:
        """Remember these, and write the file whole or not at all."""
        for one in outcomes:
            self.outcomes[one.student, one.unit] = one
        path = _path(self.course)
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [asdict(self.outcomes[key]) for key in sorted(self.outcomes)]
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".registro-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False, indent=1)
        os.replace(temporary, path)


def _path(course: Course) -> Any:
    return course.autograded / "registro.json"


def _outcome(row: dict[str, Any]) -> Outcome:
    checks = tuple(CheckResult(**check) for check in row.pop("checks"))
    return Outcome(**row | {"checks": checks, "notes": tuple(row["notes"])})
