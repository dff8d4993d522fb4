"""Lo que nbgrader hace antes de llamar a ninguna pieza nuestra, con las mismas precauciones.

It offers no extension point there, so two methods of its own are replaced, once a process.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from .course import Course
from .course_lock import nbgrader_grades
from .errors import CursoError
from .submissions import read_timestamp

_start = Autograde.start


def install() -> None:
    """Make this process's nbgrader careful; twice is as good as once."""
    Autograde.start = _start_alone
    CourseDirectory.get_existing_timestamp = _existing_timestamp


def _start_alone(self: Autograde) -> None:
    """Not while ``curso calificar`` grades: who loses a race removes the other's marked copy."""
    try:
        with nbgrader_grades(_course(self.coursedir)):
            _start(self)
    except CursoError as error:
        self.log.error(error.args[0])
        raise NbGraderException(error.args[0]) from error


def _course(directory: CourseDirectory) -> Course:
    """With what was said on the command line, or by whoever made ``directory``."""
    return Course(Path(directory.root), directory.config, directory)


def _existing_timestamp(self: CourseDirectory, dest_path: str) -> datetime | None:
    """Before the first preprocessor, nbgrader opens whatever is called ``timestamp.txt``.

    A pipe would hold it for ever, and ``/dev/zero`` fill the memory. Why a date does not count,
    RestoreCells says later, once.
    """
    text = read_timestamp(Path(dest_path), [])
    return parse_utc(text) if text else None
