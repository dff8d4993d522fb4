"""Qué hay que calificar: quién entregó qué, qué se publicó, y qué no se puede aquí y por qué."""

from __future__ import annotations

from collections.abc import Iterable

from nbgrader.api import MissingEntry

from ..checks import Unit
from ..common.errors import CursoError
from ..course.folder import Course
from ..gradebook.database import open_gradebook
from ..gradebook.one_course import check_one_course
from ..gradebook.own_tests import check_published
from ..gradebook.variants import check_variants
from ..nbgrader_ext.publishing import register
from ..submission.folder import students_with
from ..submission.published import PublishedCell, published_cells


def who_handed_in(course: Course, units: Iterable[str]) -> dict[str, list[str]]:
    """Who handed in each unit; nothing of theirs is opened yet."""
    if not course.submitted.is_dir():
        raise CursoError(
            f"no hay entregas: falta la carpeta {course.submitted}; "
            "cada una va en submitted/<estudiante>/<unidad>/<cuaderno>.ipynb"
        )
    return {unit: students_with(course, unit) for unit in units}


def lacking_here(course: Course, students: dict[str, list[str]]) -> dict[str, str]:
    """The units handed in that nobody can grade here, and what they lack."""
    handed = [unit for unit, names in students.items() if names]
    known = course.all_units
    reasons = {unit: _why_not(course, known[unit]) for unit in handed}
    lacking = {unit: why for unit, why in reasons.items() if why}
    if handed and len(lacking) == len(handed):
        raise CursoError(f"no se puede calificar {' ni '.join(lacking)}: {lacking[handed[0]]}")
    return lacking


def _why_not(course: Course, unit: Unit) -> str | None:
    """Why nobody can grade a unit here; of an instructor's own, that must not stop the others."""
    if unit.problem or not unit.own:
        return unit.problem or unit.flavour.lacking()
    try:
        published_as(course, unit.id)
    except CursoError as error:
        return error.args[0]
    return unit.flavour.lacking()


def published_as(course: Course, unit: str) -> tuple[PublishedCell, ...]:
    """The unit as the gradebook knows it; where it does not yet, it learns it from ``source/``."""
    try:
        return _registered(course, unit)
    except MissingEntry:
        register(course, unit)
    return _registered(course, unit)


def _registered(course: Course, unit: str) -> tuple[PublishedCell, ...]:
    with open_gradebook(course) as gradebook:
        check_one_course(course, gradebook, unit)
        cells = published_cells(gradebook, unit, course.notebook(unit))
        notebooks = [one.name for one in gradebook.find_assignment(unit).notebooks]
        check_published(course.all_units[unit], notebooks, cells)
        check_variants(course, gradebook, unit, cells)
    return cells
