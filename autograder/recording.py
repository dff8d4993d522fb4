"""Anotar una entrega ya ejecutada: el libro de notas y ``autograded/``, o todo o nada.

What is written is what nbgrader's own Autograde writes, with its own classes; but in one
transaction a submission, over one connection for the whole class.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, LimitOutput, SaveAutoGrades
from sqlalchemy.exc import SQLAlchemyError

from .course import Course
from .gradebook import open_gradebook
from .submissions import Submission


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one submission: points, and whether a person must still read."""

    points: float
    max_points: float
    needs_reading: bool


class _OneTransaction:
    """nbgrader's session, where its many commits wait for the last one."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def commit(self) -> None:
        self._session.flush()

    def commit_all(self) -> None:
        self._session.commit()


class _SaveGrades(SaveAutoGrades):
    """nbgrader's saving of grades and comments, in a gradebook that is open already."""

    def __init__(self, gradebook: Gradebook, submission: Submission, notebook: str) -> None:
        super().__init__()
        self.gradebook = gradebook
        self.notebook_id = notebook
        self.assignment_id, self.student_id = submission.unit, submission.student

    def save(self, notebook: NotebookNode) -> None:
        for index, cell in enumerate(notebook.cells):
            self.preprocess_cell(cell, {}, index)


class Recorder:
    """The one process that writes to a course's gradebook; use it in a ``with``."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._gradebook = open_gradebook(course)
        self._session = self._gradebook.db = _OneTransaction(self._gradebook.db)
        self._limit = LimitOutput()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *exception: object) -> None:
        self._gradebook.close()

    def record(self, submission: Submission, executed: NotebookNode) -> Marks:
        """Save the marks of an executed notebook.

        Raises
        ------
        RuntimeError
            If they cannot be saved; then nothing has changed.
        """
        try:
            self._limit.preprocess(executed, {})
            with tempfile.TemporaryDirectory(
                prefix=".nuevo-", dir=_made(self._course.autograded)
            ) as fresh:
                self._write(submission, executed, Path(fresh))
                marks = self._save(submission, executed)
                destination = self._course.autograded / submission.student / submission.unit
                _replace(Path(fresh), destination)
                self._session.commit_all()
        except (SQLAlchemyError, OSError, ValueError) as error:
            self._session.rollback()
            raise RuntimeError(str(error)) from error
        return marks

    def earlier(self, student: str, unit: str) -> Marks | None:
        """The marks that the gradebook holds already, if any."""
        return marks_of(self._gradebook, student, unit)

    def max_points(self, unit: str) -> float:
        return float(self._gradebook.find_assignment(unit).max_score)

    def _write(self, submission: Submission, executed: NotebookNode, folder: Path) -> None:
        name = self._course.notebook(submission.unit)
        nbformat.write(executed, folder / f"{name}.ipynb")
        if submission.timestamp:
            (folder / "timestamp.txt").write_text(submission.timestamp, encoding="ascii")

    def _save(self, submission: Submission, executed: NotebookNode) -> Marks:
        student, unit = submission.student, submission.unit
        self._gradebook.update_or_create_student(student)
        when = {"timestamp": submission.timestamp} if submission.timestamp else {}
        found = self._gradebook.update_or_create_submission(unit, student, **when)
        name = self._course.notebook(unit)
        _SaveGrades(self._gradebook, submission, name).save(executed)
        notebook = self._gradebook.find_submission_notebook(name, unit, student)
        notebook.late_submission_penalty = self._penalty(notebook, found)
        self._session.flush()
        self._session.expire_all()
        marks = marks_of(self._gradebook, student, unit)
        assert marks is not None  # They have just been saved.
        return marks

    def _penalty(self, notebook: Any, submission: Any) -> float | None:
        if submission.total_seconds_late <= 0:
            return None
        late = AssignLatePenalties()
        late.init_plugin()
        penalty = late.plugin_inst.late_submission_penalty(
            submission.student_id, notebook.score, submission.total_seconds_late
        )
        return None if penalty is None else late._check_late_penalty(notebook, penalty)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _replace(fresh: Path, destination: Path) -> None:
    """Put a folder in the place of another: there is always one of the two, whole."""
    _made(destination.parent)
    old = None
    if os.path.lexists(destination):
        old = Path(tempfile.mkdtemp(prefix=".viejo-", dir=destination.parents[1])) / "x"
        os.replace(destination, old)
    os.replace(fresh, destination)
    if old is not None:
        shutil.rmtree(old.parent)


def marks_of(gradebook: Gradebook, student: str, unit: str) -> Marks | None:
    """The marks in the gradebook, or None where the student has no submission of the unit."""
    try:
        found = gradebook.find_submission(unit, student)
    except MissingEntry:
        return None
    return Marks(float(found.score), float(found.max_score), bool(found.needs_manual_grade))
