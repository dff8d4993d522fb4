"""Las notas que guarda el libro: las de una entrega, y las de toda la clase de una vez.

nbgrader computes each sum with a query of its own, through tables that have no index on what it
asks for: with 20,000 students every mark would read every grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Integer, cast, func, select, text
from sqlalchemy.exc import SQLAlchemyError

# What nbgrader looks up by, row after row, and its own tables leave without an index. An index
# changes no answer: nbgrader, Formgrader and older versions of the course do not notice it.
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS curso_grade_notebook ON grade (notebook_id)",
    "CREATE INDEX IF NOT EXISTS curso_submitted_notebook ON submitted_notebook (assignment_id)",
    "CREATE INDEX IF NOT EXISTS curso_submitted_assignment ON submitted_assignment (student_id)",
)


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one submission: points, and whether a person must still read.

    ``penalty`` are points that it lost for being late, already taken off.
    """

    points: float
    max_points: float
    needs_reading: bool
    penalty: float = 0.0


def marks_of(gradebook: Gradebook, student: str, unit: str) -> Marks | None:
    """The marks in the gradebook, or None where the student has no submission of the unit."""
    try:
        found = gradebook.find_submission(unit, student)
    except MissingEntry:
        return None
    return _marks(
        found.score, found.max_score, found.needs_manual_grade, found.late_submission_penalty
    )


def summed(connection: Any, submission: str, most: float, *, penalised: bool) -> Marks:
    """Those of one submission by its id, in a query, or in two where it may be ``penalised``."""
    of_it = SubmittedNotebook.assignment_id == submission
    unread = func.max(cast(Grade.needs_manual_grade, Integer))
    sums = select(func.sum(Grade.score), unread).select_from(SubmittedNotebook)
    sums = sums.join(Grade, Grade.notebook_id == SubmittedNotebook.id).where(of_it)
    points, reading = connection.execute(sums).one()
    lost = select(func.sum(SubmittedNotebook.late_submission_penalty)).where(of_it)
    penalty = connection.execute(lost).scalar() if penalised else None
    return _marks(points, most, reading, penalty)


def all_marks(gradebook: Gradebook) -> dict[tuple[str, str], Marks]:
    """The marks of every submission, by student and unit, in three queries whatever their number.

    They are those of :func:`marks_of`: sums over the grades of all of its notebooks.
    """
    return _marks_where(gradebook)


def marks_in(gradebook: Gradebook, unit: str, students: Sequence[str]) -> dict[str, Marks]:
    """Those of some students in a unit, likewise."""
    if not students:
        return {}
    those = SubmittedAssignment.student_id.in_(students), Assignment.name == unit
    return {student: marks for (student, _), marks in _marks_where(gradebook, *those).items()}


def _marks_where(gradebook: Gradebook, *those: Any) -> dict[tuple[str, str], Marks]:
    session = gradebook.db
    most = dict(map(tuple, session.execute(select(Assignment.name, Assignment.max_score))))
    unread = func.max(cast(Grade.needs_manual_grade, Integer))
    grades = _grouped(session, those, func.sum(Grade.score), unread, graded=True)
    # Apart: joined with the grades, a notebook's penalty would count once for each of them.
    penalties = _grouped(session, those, func.sum(SubmittedNotebook.late_submission_penalty))
    handed_in = _handed_in(
        select(SubmittedAssignment.id, SubmittedAssignment.student_id, Assignment.name).select_from(
            SubmittedAssignment
        ),
        those,
    )
    found = {}
    for key, student, unit in session.execute(handed_in):
        points, unread = grades.get(key, (0.0, False))
        (penalty,) = penalties.get(key, (0.0,))
        found[student, unit] = _marks(points, most[unit], unread, penalty)
    return found


def _handed_in(query: Any, those: tuple[Any, ...]) -> Any:
    unit = Assignment.id == SubmittedAssignment.assignment_id
    return query.join(Assignment, unit).where(*those)


def make_indexes(engine: Any) -> None:
    """See that the gradebook finds a submission's grades without reading all of them.

    Where it may not be changed (it is read-only, or busy) everything works as before, more slowly.
    """
    with suppress(SQLAlchemyError), engine.begin() as connection:
        for statement in _INDEXES:
            connection.execute(text(statement))


def _grouped(
    session: Any, those: tuple[Any, ...], *wanted: Any, graded: bool = False
) -> dict[str, tuple[Any, ...]]:
    """Each of ``wanted`` for every submission, by its id; over its grades where ``graded``."""
    query = select(SubmittedNotebook.assignment_id, *wanted).select_from(SubmittedNotebook)
    if graded:
        query = query.join(Grade, Grade.notebook_id == SubmittedNotebook.id)
    if those:
        ours = SubmittedAssignment.id == SubmittedNotebook.assignment_id
        query = _handed_in(query.join(SubmittedAssignment, ours), those)
    rows = session.execute(query.group_by(SubmittedNotebook.assignment_id))
    return {key: tuple(values) for key, *values in rows}


def _marks(points: Any, most: Any, unread: Any, penalty: Any) -> Marks:
    penalty = float(penalty or 0.0)
    return Marks(max(0.0, float(points or 0.0) - penalty), float(most), bool(unread), penalty)
