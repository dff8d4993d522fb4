"""Lo que nbgrader hace antes de llamar a ninguna pieza nuestra, con las mismas precauciones.

It offers no extension point there, so some methods of its own are replaced, once a process.
"""

from __future__ import annotations

import glob
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from nbgrader.apps import api as nbgrader_api
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory

from ..common.errors import CursoError
from ..course.folder import Course
from ..course.lock import nbgrader_grades
from ..course.names import LiteralGlob, composed, name_problem, one_folder_each, printable
from ..gradebook.storage import explained
from . import times as nbgrader_times
from .before_nbgrader import before_generating, before_grading

_start, _generate = Autograde.start, GenerateAssignment.start
_init_assignment = Autograde.init_assignment
_theirs_init_notebooks = Autograde.init_notebooks
_capture_log = nbgrader_api.capture_log


class Refused(NbGraderException):
    """What is not begun, with the line that says why."""


def install(root: Path) -> None:
    """Make this process's nbgrader careful; twice is as good as once."""
    Autograde.start = _start_alone
    GenerateAssignment.start = _start_checked
    Autograde.init_assignment = _init_named
    Autograde.init_notebooks = _init_notebooks
    CourseDirectory.__dict__["_validate_student_id"].func = _student_id
    nbgrader_api.capture_log = _captured
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "nbgrader" and vars(module).get("glob") is glob:
            vars(module)["glob"] = LiteralGlob
    nbgrader_times.install(root)


def _captured(app: Any, *options: Any, **named: Any) -> dict[str, Any]:
    """What formgrader shows under its log: of what is refused, the line without its trace."""
    answered: dict[str, Any] = _capture_log(app, *options, **named)
    name = f"{Refused.__module__}.{Refused.__qualname__}: "
    _, refused, line = answered.get("error", "").rpartition(name)
    if refused:
        answered["error"] = line.strip()
    return answered


def _student_id(self: CourseDirectory, proposal: Any) -> str:
    """Its spaces are part of a name, where there is such a folder."""
    value = proposal["value"]
    folder = Path(self.root, self.submitted_directory, value)
    return value if value.strip() and folder.is_dir() else value.strip()


def _init_notebooks(self: Autograde) -> None:
    """Whoever handed in one of our units is graded, whatever the notebook is called.

    nbgrader knows it by the name that was expected; which one it is, RestoreCells finds out.
    """
    unit = self.coursedir.assignment_id
    pattern = self._format_source(unit, self.coursedir.student_id)
    known = Course.with_directory(self.coursedir).all_units.get(unit)
    folders = LiteralGlob.glob(pattern) if known else []
    if not known or not folders or self.coursedir.notebook_id not in ("*", known.notebook):
        _theirs_init_notebooks(self)
        return
    self.notebooks = []
    self.assignments = {folder: [f"{folder}{os.sep}{known.notebook}.ipynb"] for folder in folders}


def _init_named(self: Autograde, assignment_id: str, student_id: str) -> None:
    """Before nbgrader gives a student to the gradebook whom no other door would take."""
    if problem := name_problem(student_id):
        raise CursoError(f"{printable(student_id)}: {problem}")
    _init_assignment(self, assignment_id, student_id)


def _start_alone(self: Autograde) -> None:
    """Not while ``curso calificar`` grades: who loses a race removes the other's marked copy."""
    try:
        course = Course.with_directory(self.coursedir)
        with ExitStack() as held:
            with explained(course):
                held.enter_context(nbgrader_grades(course))
            before_grading(self)
            one_folder_each(course.submitted)
            self.coursedir.student_id = composed(self.coursedir.student_id)
            _start(self)
    except CursoError as error:
        raise _said(self, error) from error


def _start_checked(self: GenerateAssignment) -> None:
    """Not what nobody could grade, nor what would be skipped without a word."""
    try:
        before_generating(self)
    except CursoError as error:
        raise _said(self, error) from error
    _generate(self)


def _said(converter: BaseConverter, error: CursoError) -> Refused:
    """One line, that nbgrader's commands end with and formgrader shows."""
    converter.log.error(error.args[0])
    return Refused(error.args[0])
