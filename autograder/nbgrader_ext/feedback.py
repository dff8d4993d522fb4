"""``curso comentarios``: los cuadernos comentados de una clase, como los escribe nbgrader.

nbgrader's own order leaves as it is what it wrote once, though the mark is another by now, unless
it is told ``--force``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from ..common.whole_files import write_whole
from ..course.folder import Course
from ..gradebook.database import exists, gradebook_url, open_gradebook
from ..submission.folder import SECRET, TIMESTAMP
from .feedback_page import FeedbackExporter


@dataclass
class Written:
    """How many pages there are, how many are new or other than before, and what has none."""

    pages: int = 0
    changed: int = 0
    problems: list[str] = field(default_factory=list)


def write_feedback(
    course: Course, units: list[str], step: Callable[[int], None] = lambda total: None
) -> Written:
    """Write ``feedback/<student>/<unit>/<notebook>.html`` of all that is graded of ``units``.

    ``step`` is told how many there will be before each one.
    """
    found = Written()
    graded = [
        (unit, copy)
        for unit in units
        for copy in sorted(course.autograded.glob(f"*/{unit}/{course.notebook(unit)}.ipynb"))
    ]
    if not exists(course):
        return found
    exporter = FeedbackExporter(config=course.config)
    with open_gradebook(course) as exporter.gradebook:
        for unit, copy in graded:
            step(len(graded))
            _write(exporter, course, unit, copy, found)
    return found


def _write(
    exporter: FeedbackExporter, course: Course, unit: str, copy: Path, found: Written
) -> None:
    student = copy.parents[1].name
    try:
        page = _page(exporter, course, student, unit, copy)
    except MissingEntry:
        found.problems.append(f"{student} · {unit}: no está en el libro de notas")
        return
    except (OSError, ValueError, nbformat.ValidationError):
        found.problems.append(
            f"{student} · {unit}: su copia calificada no se puede leer; usa curso calificar --todo"
        )
        return
    found.pages += 1
    found.changed += _put(page, copy, course.feedback / student / unit)


def _page(exporter: FeedbackExporter, course: Course, student: str, unit: str, copy: Path) -> str:
    names = {"student": student, "assignment": unit, "notebook": copy.stem}
    resources = {"nbgrader": names | {"db_url": gradebook_url(course)}}
    notebook = nbformat.read(copy, as_version=4)
    page, _ = exporter.from_notebook_node(notebook, resources)
    return page


def _put(page: str, copy: Path, folder: Path) -> bool:
    """The page in its place, whole, with what ``release_feedback`` needs beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (TIMESTAMP, SECRET):
        if (copy.parent / name).is_file():
            shutil.copy(copy.parent / name, folder / name)
    return write_whole(folder / f"{copy.stem}.html", page.encode())
