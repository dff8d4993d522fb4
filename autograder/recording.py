"""Anotar una entrega ya ejecutada: libro de notas y ``autograded/``, con el propio nbgrader."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from .course import Course
from .nbgrader_settings import configure
from .submissions import Submission


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one submission: points, and whether a person must still read."""

    points: float
    max_points: float
    needs_reading: bool


class _RecordOne(Autograde):
    """nbgrader's conversion of one submission that has been executed elsewhere."""

    def __init__(self, folder: Path, executed: NotebookNode, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._folder = folder
        self.autograde_preprocessors = [
            (lambda notebook, resources: (executed, resources))
            if "ExecuteWithJudge" in name
            else name
            for name in self.config.Autograde.autograde_preprocessors
        ]

    def init_notebooks(self) -> None:
        # By name and not by pattern: a student's folder may be called «[a-z]*».
        self.assignments = {str(self._folder): [str(p) for p in self._folder.glob("*.ipynb")]}


def record(course: Course, submission: Submission, executed: NotebookNode) -> Marks:
    """Save the marks of an executed notebook; ``RuntimeError`` with nbgrader's log if it fails.

    ``autograded/`` changes only when all has gone well.
    """
    student, unit = submission.student, submission.unit
    with tempfile.TemporaryDirectory(prefix="curso-") as temporary:
        staged = Path(temporary) / "submitted" / student / unit
        staged.mkdir(parents=True)
        nbformat.write(submission.notebook, staged / f"{course.notebook(unit)}.ipynb")
        if submission.timestamp:
            (staged / "timestamp.txt").write_text(submission.timestamp, encoding="ascii")
        config = configure(Config(), course.root)
        config.CourseDirectory.submitted_directory = str(Path(temporary) / "submitted")
        config.CourseDirectory.autograded_directory = str(Path(temporary) / "autograded")
        config.CourseDirectory.source_directory = str(course.source)
        _convert(config, course, unit, staged, executed)
        _replace(
            Path(temporary) / "autograded" / student / unit, course.autograded / student / unit
        )
    with Gradebook(course.database_url) as gradebook:
        marks = marks_of(gradebook, student, unit)
    assert marks is not None  # nbgrader has just saved them.
    return marks


def _convert(
    config: Config, course: Course, unit: str, staged: Path, executed: NotebookNode
) -> None:
    log = logging.Logger("curso.calificar", logging.ERROR)
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda entry: lines.append(entry.getMessage())
    log.addHandler(handler)
    directory = CourseDirectory(
        config=config, db_url=course.database_url, assignment_id=unit, notebook_id="*"
    )
    converter = _RecordOne(staged, executed, coursedir=directory, config=config, log=log)
    try:
        converter.start()
    except Exception as error:
        raise RuntimeError("\n".join(lines) or str(error)) from error


def _replace(fresh: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(destination):
        if destination.is_dir() and not destination.is_symlink():
            shutil.rmtree(destination)
        else:
            destination.unlink()
    shutil.copytree(fresh, destination)


def marks_of(gradebook: Gradebook, student: str, unit: str) -> Marks | None:
    """The marks in the gradebook, or None where the student has no submission of the unit."""
    try:
        found = gradebook.find_submission(unit, student)
    except MissingEntry:
        return None
    return Marks(float(found.score), float(found.max_score), bool(found.needs_manual_grade))
