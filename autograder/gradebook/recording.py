"""Anotar una entrega ya ejecutada: el libro de notas y ``autograded/``, o todo o nada.

What is written is what nbgrader's own Autograde writes, with its own classes; but in one
transaction a submission, with its record, over one connection for the whole class.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    MissingEntry,
    SubmittedNotebook,
)
from nbgrader.preprocessors import LimitOutput
from sqlalchemy.exc import SQLAlchemyError

from ..common.errors import CursoError
from ..course.folder import Course
from ..course.names import printable
from ..submission.folder import Submission
from .copies import Copies
from .database import OneTransaction, open_gradebook
from .late import LatePenalties
from .marks import Marks, make_indexes, marks_of
from .records import Outcome, Records
from .standing_marks import StandingMarks, make_table
from .storage import machine_problem


class _OneNotebook:
    """A gradebook that knows one notebook's grades and comments: read at once, found by cell."""

    def __init__(self, session: Any, notebook: SubmittedNotebook) -> None:
        self.db = session
        self._grades, self._comments = (
            {
                name: found
                for found, name in session.query(kind, BaseCell.name)
                .join(BaseCell, BaseCell.id == kind.cell_id)
                .filter(kind.notebook_id == notebook.id)
            }
            for kind in (Grade, Comment)
        )

    def find_grade(self, cell: str, *rest: str) -> Grade:
        return self._found(self._grades, cell)

    def find_comment(self, cell: str, *rest: str) -> Comment:
        return self._found(self._comments, cell)

    @staticmethod
    def _found(known: dict[str, Any], cell: str) -> Any:
        if cell not in known:
            raise MissingEntry(f"el libro de notas no conoce la celda «{cell}»")
        return known[cell]


class _SaveGrades(StandingMarks):
    """nbgrader's saving of grades and comments, in a gradebook that is open already.

    nbgrader asks for each grade and each comment with a query of its own: half of all the time that
    saving takes.
    """

    notebook_id = assignment_id = student_id = ""

    def __init__(self, session: Any, notebook: SubmittedNotebook) -> None:
        super().__init__()
        self.gradebook = _OneNotebook(session, notebook)
        self._notebook = notebook

    def save(self, executed: NotebookNode) -> None:
        self.begin(executed, self._notebook)
        for index, cell in enumerate(executed.cells):
            self.preprocess_cell(cell, {}, index)


class Recorder:
    """The one process that writes to a course's gradebook; use it in a ``with``."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._gradebook = open_gradebook(course)
        self._records = Records.ready(self._gradebook)
        make_table(self._gradebook.engine)
        make_indexes(self._gradebook.engine)
        self._session = self._gradebook.db = OneTransaction(self._gradebook.db)
        self._limit = LimitOutput(config=course.config)
        self._late = LatePenalties(course)
        self._copies = Copies(course)
        self._copies.recover({key: one.copy for key, one in self._records.outcomes.items()})

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *exception: object) -> None:
        self._copies.tidy()
        self._gradebook.close()

    def known(self, submission: Submission, mark: str) -> Outcome | None:
        """What was recorded of this very submission, with the marks that it has now.

        None where it must be graded: another fingerprint, or its mark or marked copy is missing.
        """
        key = submission.student, submission.unit
        found = self._records.outcomes.get(key)
        if not found or found.fingerprint != mark or found.copy != self._copies.digest(*key):
            return None
        self._decide_again_what_it_loses(*key)
        marks = self.earlier(*key)
        # From the gradebook: a reader may have given points meanwhile.
        return replace(found, **asdict(marks)) if marks else None

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
            self._session.begin()
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
        self._session.begin()
        self._records.put(self._session, outcome)
        self._session.commit_all()

    def knows(self, student: str, unit: str) -> bool:
        """Whether there is a record of it already."""
        return (printable(student), unit) in self._records.outcomes

    def earlier(self, student: str, unit: str) -> Marks | None:
        """The marks that the gradebook holds already, if any."""
        return marks_of(self._gradebook, student, unit)

    def max_points(self, unit: str) -> float:
        return float(self._gradebook.find_assignment(unit).max_score)

    def _decide_again_what_it_loses(self, student: str, unit: str) -> None:
        """Deadlines are moved and extensions given after the notebook was graded."""
        with suppress(MissingEntry):
            found = self._gradebook.find_submission(unit, student)
            name = self._course.notebook(unit)
            notebook = self._gradebook.find_submission_notebook(name, unit, student)
            penalty = self._late.of(notebook, found)
            if penalty != notebook.late_submission_penalty:
                self._session.begin()
                notebook.late_submission_penalty = penalty
                self._session.commit_all()

    def _save(self, submission: Submission, executed: NotebookNode) -> Marks:
        student, unit = submission.student, submission.unit
        self._gradebook.update_or_create_student(student)
        told = submission.timestamp is not None
        # A date that cannot be read counts as none, and not as the one of earlier work.
        when = {"timestamp": submission.timestamp or None} if told else {}
        found = self._gradebook.update_or_create_submission(unit, student, **when)
        name = self._course.notebook(unit)
        notebook = self._gradebook.find_submission_notebook(name, unit, student)
        _SaveGrades(self._session, notebook).save(executed)
        self._session.flush()
        notebook.late_submission_penalty = self._late.of(notebook, found)
        self._session.flush()
        self._session.expire_all()
        marks = marks_of(self._gradebook, student, unit)
        assert marks is not None  # They have just been saved.
        return marks
