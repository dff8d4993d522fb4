"""Lo que nbgrader hace antes de llamar a ninguna pieza nuestra, con las mismas precauciones.

It offers no extension point there, so some methods of its own are replaced, once a process.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from . import nbgrader_times
from .course import Course
from .course_lock import nbgrader_grades
from .errors import CursoError

_start = Autograde.start


def install(root: Path) -> None:
    """Make this process's nbgrader careful; twice is as good as once."""
    Autograde.start = _start_alone
    nbgrader_times.install(root)


def _start_alone(self: Autograde) -> None:
    """Not while ``curso calificar`` grades: who loses a race removes the other's marked copy."""
    try:
        with nbgrader_grades(Course.with_directory(self.coursedir)):
            _start(self)
    except CursoError as error:
        self.log.error(error.args[0])
        raise NbGraderException(error.args[0]) from error
