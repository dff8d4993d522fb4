"""Anotar una entrega ya ejecutada: el libro de notas y ``autograded/``, o todo o nada.

What is written is what nbgrader's own Autograde writes, with its own classes; but in one
transaction a submission, with its record, over one connection for the whole class.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any, TypeVar

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import LimitOutput
from nbgrader.utils import parse_utc
from sqlalchemy.exc import SQLAlchemyError

from ..common.errors import CursoError
from ..course.folder import Course
from ..submission.folder import Submission
from .copies import Copies
from .database import OneTransaction, open_gradebook
from .late import LatePenalties, late_or_penalised
from .marks import Marks, all_marks, make_indexes, marks_of, summed
from .records import Outcome, Records
from .saved_rows import CommentRow, GradeRow, SavedRows, Structure
from .standing_marks import StandingMarks, make_table
from .storage import machine_problem

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


class Recorder:
    """The one process that writes to a course's gradebook; use it in a ``with``."""

    def __init__(self, course: Course, still_ours: Callable[[], None] = lambda: None) -> None:
        self._course, self._still_ours = course, still_ours
        self._gradebook = open_gradebook(course)
        self._session = OneTransaction(self._gradebook.db)
        self._session.settle()
        self._records = Records.ready(self._gradebook)
        make_table(self._gradebook.engine)
        make_indexes(self._gradebook.engine)
        self._gradebook.db = self._session
        self._sealed: list[Outcome] = []
        self._limit = LimitOutput(config=course.config)
        self._save_grades = _SaveGrades()
        self._late = LatePenalties(course)
        self._copies = Copies(course)
        self._copies.recover({key: one.copy for key, one in self._records.outcomes.items()})

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        if kind is None:
            self._keep_seals()
        self._copies.tidy()
        self._gradebook.close()

    def known(self, student: str, unit: str, *, mark: str = "", seal: str = "") -> Outcome | None:
        """What was recorded of this very submission, with the marks that it has now.

        None where it must be graded, or read to know: neither that fingerprint nor that seal, or
        its mark or marked copy is missing.
        """
        key = student, unit
        found = self._records.outcomes.get(key)
        if not found or not ((seal and found.seal == seal) or (mark and found.fingerprint == mark)):
            return None
        if found.copy != self._copies.digest(*key):
            return None
        if seal and found.seal != seal:
            self._sealed.append(replace(found, seal=seal))
        # From the gradebook: a reader may have given points.
        if key in self._may_lose:
            self._decide_again_what_it_loses(*key)
            marks = self.earlier(*key)
        else:
            marks = self._all_marks.get(key)
        return replace(found, **vars(marks)) if marks else None

    @cached_property
    def _all_marks(self) -> dict[tuple[str, str], Marks]:
        """Of the class as it was when it was first asked: a query a student would take an hour."""
        found = all_marks(self._gradebook)
        self._session.rollback()
        return found

    @cached_property
    def _may_lose(self) -> set[tuple[str, str]]:
        found = late_or_penalised(self._gradebook)
        self._session.rollback()
        return found

    def _keep_seals(self) -> None:
        """Those of what was graded under other code: the next time they need not be read."""
        if self._sealed:
            self._begin()
            for outcome in self._sealed:
                if self._records.outcomes.get((outcome.student, outcome.unit)) is not None:
                    self._records.put(self._session, outcome)
            self._session.commit_all()
            self._sealed = []

    def record(self, submission: Submission, executed: NotebookNode, outcome: Outcome) -> Outcome:
        """Save the marks of an executed notebook, its copy and its record: all three, or none.

        Parameters
        ----------
        submission : Submission
        executed : NotebookNode
        outcome : Outcome
            What to remember of it; the marks are filled in here.

        Raises
        ------
        CursoError
            If nothing can be saved here: the gradebook is locked, the disk is full.
        RuntimeError
            If this one cannot be saved.
        """
        try:
            self._limit.preprocess(executed, {})
            digest = self._copies.write(submission, executed)
            self._begin()
            marks = self._save(submission, executed)
            outcome = replace(outcome, **asdict(marks), copy=digest)
            self._records.put(self._session, outcome)
            with self._copies.replaced(submission.student, submission.unit):
                self._session.commit_all()
        except (SQLAlchemyError, OSError, ValueError) as error:
            self._session.rollback()
            if problem := machine_problem(self._course, error):
                raise CursoError(problem) from error
            raise RuntimeError(str(error)) from error
        return outcome

    def remember(self, outcome: Outcome) -> None:
        """Save the record of what could not be graded; its marks stay as they were."""
        self._begin()
        self._records.put(self._session, outcome)
        self._session.commit_all()

    def earlier(self, student: str, unit: str) -> Marks | None:
        """The marks that the gradebook holds already, if any."""
        return marks_of(self._gradebook, student, unit)

    def max_points(self, unit: str) -> float:
        """Of a unit; none of one that was never registered, as its own checks break."""
        try:
            return float(self._gradebook.find_assignment(unit).max_score)
        except MissingEntry:
            return 0.0

    def _begin(self) -> None:
        """Begin to write; not where somebody else could be grading by now."""
        self._still_ours()
        self._session.begin()

    def _decide_again_what_it_loses(self, student: str, unit: str) -> None:
        """Deadlines are moved and extensions given after the notebook was graded."""
        with suppress(MissingEntry):
            found = self._gradebook.find_submission(unit, student)
            name = self._course.notebook(unit)
            notebook = self._gradebook.find_submission_notebook(name, unit, student)
            penalty = self._late.of(notebook, found)
            if penalty != notebook.late_submission_penalty:
                self._begin()
                notebook.late_submission_penalty = penalty
                self._session.commit_all()

    def _save(self, submission: Submission, executed: NotebookNode) -> Marks:
        student, unit = submission.student, submission.unit
        connection = self._session.connection()
        structure = Structure.read(connection, unit)
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
