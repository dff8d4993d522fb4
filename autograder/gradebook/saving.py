"""Las notas de un cuaderno ejecutado, en las tablas de nbgrader y con sus propias clases.

But over one connection for the whole class, on rows that were read already, and with no commit of
its own: that is whoever asks for it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import parse_utc

from ..course.folder import Course
from ..submission.folder import Submission
from .database import OneTransaction
from .late import LatePenalties
from .marks import Marks, summed
from .saved_rows import CommentRow, GradeRow, SavedRows, Structure
from .standing_marks import StandingMarks

_Row = TypeVar("_Row")


class _OneNotebook:
    """A gradebook that knows one notebook's grades and comments, by cell."""

    def __init__(self, connection: Any, rows: SavedRows) -> None:
        self.db = _Waiting(connection)
        self._rows = rows

    def find_grade(self, cell: str, *rest: str) -> GradeRow:
        return _found(self._rows.grades, cell)

    def find_comment(self, cell: str, *rest: str) -> CommentRow:
        return _found(self._rows.comments, cell)


class _Waiting:
    """What nbgrader's saving takes for its session: its commits wait."""

    def __init__(self, connection: Any) -> None:
        self.execute = connection.execute

    def commit(self) -> None: ...


def _found(known: dict[str, _Row], cell: str) -> _Row:
    if cell not in known:
        raise MissingEntry(f"el libro de notas no conoce la celda «{cell}»")
    return known[cell]


class _SaveGrades(StandingMarks):
    """nbgrader's saving of grades and comments, on rows that were read already."""

    waits = True
    notebook_id = assignment_id = student_id = ""

    def save(self, connection: Any, executed: NotebookNode, rows: SavedRows) -> None:
        self.gradebook = _OneNotebook(connection, rows)
        self.begin(executed, None if rows.fresh else rows.notebook)
        for index, cell in enumerate(executed.cells):
            self.preprocess_cell(cell, {}, index)
        rows.write(connection)
        self.remember(connection)


class Saver:
    """What writes the marks of a class, in the transaction that is open."""

    def __init__(
        self, course: Course, gradebook: Gradebook, session: OneTransaction, late: LatePenalties
    ) -> None:
        self._course, self._gradebook, self._session = course, gradebook, session
        self._late = late
        self._structures: dict[str, Structure] = {}
        self._save_grades = _SaveGrades()

    def begin(self) -> None:
        """A transaction begins: the units may be others since the last one."""
        self._structures = {}

    def save(self, submission: Submission, executed: NotebookNode) -> Marks:
        """Write what an executed notebook says of its cells; the marks that come of it."""
        student, unit = submission.student, submission.unit
        connection = self._session.connection()
        if (structure := self._structures.get(unit)) is None:
            structure = self._structures[unit] = Structure.read(connection, unit)
        told = submission.timestamp is not None
        # A date that cannot be read counts as none, and not as the one of earlier work.
        when = {"timestamp": parse_utc(submission.timestamp or None)} if told else {}
        name = self._course.notebook(unit)
        rows = SavedRows.of(connection, structure, name, student, **when)
        self._save_grades.save(connection, executed, rows)
        if rows.late:
            found = self._gradebook.find_submission(unit, student)
            notebook = self._gradebook.find_submission_notebook(name, unit, student)
            notebook.late_submission_penalty = self._late.of(notebook, found)
            self._session.flush()
        else:
            rows.clear_penalties(connection)
        penalised = rows.late or rows.penalised
        return summed(connection, rows.submission, structure.max_points, penalised=penalised)
