"""A course to grade in tests: units from source/, and the work of students made from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course.folder import Course

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parents[1] / "fixtures"
UNIT = "1_convolucion"
FUNCTIONS = ("correlacion2d", "convolucion_verdadera", "correlacion_multicanal", "conv2d")
POINTS = dict(zip(FUNCTIONS, (5, 3, 5, 7), strict=True))


def solved(unit: str = UNIT, version: str = "source") -> NotebookNode:
    """A unit's notebook with the instructor's answers, or the student's untouched one."""
    (path,) = (ROOT / version / unit).glob("*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    # What the lessons draw takes seconds and earns nothing.
    notebook.cells = [cell for cell in notebook.cells if cell.id != "figura"]
    return notebook


def untouched(unit: str = UNIT) -> NotebookNode:
    return solved(unit, "release")


def cell(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    (found,) = (one for one in notebook.cells if one.id == cell_id)
    return found


def answer(notebook: NotebookNode, function: str, code: str) -> NotebookNode:
    """Replace the student's definition of ``function``."""
    cell(notebook, f"{function.replace('_', '-')}-solucion").source = code
    return notebook


def new_course(folder: Path, units: tuple[str, ...] = (UNIT,)) -> Course:
    for unit in units:
        shutil.copytree(
            ROOT / "source" / unit,
            folder / "source" / unit,
            ignore=shutil.ignore_patterns("*.h5", ".ipynb_checkpoints"),
        )
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "submitted").mkdir()
    return Course.at(folder)


def hand_in(
    course: Course,
    student: str,
    work: NotebookNode | str | bytes,
    name: str = "convolucion.ipynb",
    unit: str = UNIT,
) -> Path:
    folder = course.submitted / student / unit
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(work, NotebookNode):
        work = nbformat.writes(work)
    if isinstance(work, str):
        work = work.encode()
    (folder / name).write_bytes(work)
    return folder / name
