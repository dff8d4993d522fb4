"""``curso publicar``: de ``source/`` a ``release/`` y al libro de notas, con nbgrader."""

from __future__ import annotations

import filecmp
import io
import logging
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from ..common.errors import CursoError
from ..course.folder import Course
from ..course.in_force import check_in_force
from ..course.own_units import LEFT_THERE, NOT_RELEASED
from ..course.unit_folders import strange_folders
from ..gradebook.database import gradebook_url, open_gradebook
from ..gradebook.one_course import check_one_course
from ..gradebook.own_tests import check_source, without_lock
from ..gradebook.storage import explained, machine_problem
from ..gradebook.variants import note_published, ready_to_publish
from ..submission.released_files import not_at_grading
from . import guards as nbgrader_guards
from .settings import configure

_IGNORED = shutil.ignore_patterns(*LEFT_THERE)


def publish(course: Course, units: Iterable[str], *, renew: bool = False) -> None:
    """Write ``release/`` anew for these units and register them in the gradebook.

    Where there are variants, ``renew`` decides them all anew.
    """
    check_in_force(course)
    units = tuple(units)
    with explained(course):
        ready_to_publish(course, units, renew=renew)
    for unit in units:
        with tempfile.TemporaryDirectory() as temporary:
            generated = _generate(course, unit, Path(temporary), register=True)
            destination = course.release / unit
            if destination.exists():
                shutil.rmtree(destination)
            shutil.copytree(generated, destination)
        with explained(course):
            note_published(course, unit)


def say_what_is_left(course: Course, published: Iterable[str]) -> None:
    """Name the folders of ``source/`` that were not published, and what has lost its lock.

    Raises
    ------
    CursoError
        If one of them is a unit under another name, or there was nothing to publish.
    """
    unknown, renamed = strange_folders(course)
    published = tuple(published)
    locks = filter(None, (without_lock(course, unit) for unit in published))
    lacking = (line for unit in published for line in not_at_grading(course, unit))
    for line in (*unknown, *locks, *lacking):
        print(f"aviso: {line}")
    if renamed:
        raise CursoError("; ".join(renamed))
    if not published:
        raise CursoError(f"en «{course.source}» no hay ninguna unidad que publicar")


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
    check_source(course.source / unit, course.all_units[unit])
    staging = temporary / "source" / unit
    shutil.copytree(course.source / unit, staging, ignore=_IGNORED)
    if register:
        with explained(course), open_gradebook(course) as gradebook:
            check_one_course(course, gradebook, unit)

    config = configure(Config(), temporary)
    nbgrader_guards.install(course.root)  # Whose dates are read, if any are.
    config.merge(course.config)
    # Where it works now is not where the course keeps it.
    ignored = [*config.CourseDirectory.get("ignore", ()), *NOT_RELEASED]
    config.CourseDirectory = Config(root=str(temporary), ignore=ignored)
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
