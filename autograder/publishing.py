"""``curso publicar``: de ``source/`` a ``release/`` y al libro de notas, con nbgrader."""

from __future__ import annotations

import filecmp
import io
import logging
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_solution
from traitlets.config import Config

from . import nbgrader_guards
from .checks import checks_of
from .course import Course
from .errors import CursoError
from .gradebook import gradebook_url, open_gradebook
from .graded_cells import check_id_of
from .nbgrader_settings import configure
from .storage import explained, machine_problem

_IGNORED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")


def publish(course: Course, units: Iterable[str]) -> None:
    """Write ``release/`` anew for these units and register them in the gradebook."""
    for unit in units:
        with tempfile.TemporaryDirectory() as temporary:
            generated = _generate(course, unit, Path(temporary), register=True)
            destination = course.release / unit
            if destination.exists():
                shutil.rmtree(destination)
            shutil.copytree(generated, destination)


def register(course: Course, unit: str) -> None:
    """Register a unit in the gradebook and leave ``release/`` alone."""
    with tempfile.TemporaryDirectory() as temporary:
        _generate(course, unit, Path(temporary), register=True)


def outdated(course: Course, units: Iterable[str]) -> list[str]:
    """The files of ``release/`` that are not what ``source/`` gives: missing, left over, other."""
    found = []
    for unit in units:
        with tempfile.TemporaryDirectory() as temporary:
            fresh = _generate(course, unit, Path(temporary), register=False)
            names = _files(fresh) | _files(course.release / unit)
            _, different, missing = filecmp.cmpfiles(
                fresh, course.release / unit, names, shallow=False
            )
            found += [f"{unit}/{name}" for name in sorted(different + missing)]
    return found


def _files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _generate(course: Course, unit: str, temporary: Path, *, register: bool) -> Path:
    """The student version of ``unit``, in a folder under ``temporary``."""
    _check_source(course, unit)
    staging = temporary / "source" / unit
    shutil.copytree(course.source / unit, staging, ignore=_IGNORED)
    if register:
        with explained(course):
            open_gradebook(course).close()

    config = configure(Config(), temporary)
    nbgrader_guards.install(course.root)  # Whose dates are read, if any are.
    config.merge(course.config)
    # Where it works now is not where the course keeps it.
    config.CourseDirectory = Config(root=str(temporary))
    config.SaveCells.enabled = register
    config.GenerateAssignment.no_database = not register
    directory = CourseDirectory(
        config=config,
        db_url=gradebook_url(course),
        course_id=course.course_id,
        assignment_id=unit,
        notebook_id="*",
    )
    log = logging.Logger("curso.publicar", logging.WARNING)
    lines = io.StringIO()
    log.addHandler(logging.StreamHandler(lines))
    converter = GenerateAssignment(coursedir=directory, config=config, log=log)
    try:
        converter.start()
    except NbGraderException as error:
        problem = machine_problem(course, error) or _explain(unit, lines.getvalue())
        raise CursoError(problem) from error
    return temporary / "release" / unit


def _explain(unit: str, log: str) -> str:
    if "there are submissions associated" in log.replace("\n", " "):
        return (
            f"{unit} ya tiene entregas calificadas y su fuente ganó o perdió celdas; "
            "nbgrader no lo permite: recupera las celdas o empieza otro libro de notas"
        )
    reasons = [line for line in log.splitlines() if "Error" in line]
    detail = reasons[-1] if reasons else "sin más detalle"
    return f"nbgrader no pudo publicar {unit}: {detail}"


def _check_source(course: Course, unit: str) -> None:
    """Each function of the unit is asked exactly once, in a graded cell of its notebook."""
    name = course.notebook(unit)
    path = course.source / unit / f"{name}.ipynb"
    if not path.is_file():
        raise CursoError(f"falta el cuaderno fuente {path}")
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise CursoError(f"no se puede leer {path}: {error}") from error
    known = set(checks_of(unit))
    asked = []
    for cell in notebook.cells:
        if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code":
            check = check_id_of(cell.source)
            if check not in known:
                grade_id = cell.metadata.nbgrader.grade_id
                raise CursoError(
                    f"{path}: la celda «{grade_id}» debe llamar una vez a comprobar con una de "
                    f"estas comprobaciones: {', '.join(sorted(known))}"
                )
            asked.append(check)
    repeated = {check for check in asked if asked.count(check) > 1}
    if repeated:
        raise CursoError(f"{path}: comprobaciones repetidas: {', '.join(sorted(repeated))}")
