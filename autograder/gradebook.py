"""El libro de notas de nbgrader (SQLite), abierto con su propia API."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from .course import Course


def open_gradebook(course: Course) -> Gradebook:
    """The course's gradebook, created where there is none; use it in a ``with``."""
    _find_alembic()
    # nbgrader's own order of insertion; harmless, and nothing that an instructor could mend.
    warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")
    return Gradebook(course.database_url)


def _find_alembic() -> None:
    """nbgrader runs ``alembic`` by name, which fails in an environment that is not activated."""
    here = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if here not in folders:
        os.environ["PATH"] = os.pathsep.join([here, *folders])
