"""Lo que se mira antes de que nbgrader publique o califique; donde algo falta, no empieza."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from ..checks import Unit
from ..common.errors import CursoError
from ..course.folder import Course
from ..course.in_force import check_converter
from ..course.own_units import NOT_RELEASED
from ..course.unit_folders import check_unit
from ..gradebook.lock import lock_units
from ..gradebook.one_course import check_one_course
from ..gradebook.own_tests import check_published, check_source
from ..gradebook.variants import check_variants
from ..submission.published import PublishedCell, published_cells


def before_grading(converter: Autograde) -> None:
    """Raise :class:`CursoError` where the marks of the units asked for could not be right."""
    check_converter(converter)
    directory = converter.coursedir
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        course = Course.with_directory(directory)
        known = course.all_units
        for unit in _units(directory):
            check_one_course(course, gradebook, unit)
            cells = _check_registered(gradebook, known[unit])
            if lacking := known[unit].flavour.lacking():
                raise CursoError(f"no se puede calificar {unit}: {lacking}")
            check_variants(course, gradebook, unit, cells)
        lock_units(gradebook, known)


def before_generating(converter: GenerateAssignment) -> None:
    """Raise :class:`CursoError` where a unit could not be graded, or nothing would be done."""
    check_converter(converter)
    directory = converter.coursedir
    known = Course.with_directory(directory).all_units
    if released := set(NOT_RELEASED) - set(directory.ignore):
        raise CursoError(
            f"CourseDirectory.ignore, en la configuración, no lleva {', '.join(sorted(released))}: "
            "nbgrader se lo daría a los estudiantes; añádelo, en vez de sustituir la lista"
        )
    for unit in _units(directory):
        check_source(_folder(directory, directory.source_directory, unit), known[unit])
        release = _folder(directory, directory.release_directory, unit)
        if converter.force or converter.no_database or not release.exists():
            continue
        if not _registered(directory, known[unit]):
            raise CursoError(
                f"{release.parent.name}/{unit} ya existe, pero la unidad no está en el libro de "
                f"notas, y nbgrader no haría nada: ejecuta curso publicar {unit}, o repite la "
                "orden con --force"
            )
        converter.log.warning(
            "%s/%s ya existe y se queda como está; si %s/ ha cambiado, repite la orden con --force",
            *(release.parent.name, unit, directory.source_directory),
        )


def _units(directory: CourseDirectory) -> list[str]:
    """The units that nbgrader would work on: its argument may be a pattern."""
    asked, course = directory.assignment_id, Course.with_directory(directory)
    found = [unit for unit in course.all_units if fnmatchcase(unit, asked)]
    if not found:
        check_unit(course, asked, _folder(directory, directory.source_directory, asked))
    if len(found) == 1:
        return found
    return [unit for unit in found if _folder(directory, directory.source_directory, unit).is_dir()]


def _check_registered(gradebook: Gradebook, unit: Unit) -> tuple[PublishedCell, ...]:
    if unit.problem:
        raise CursoError(unit.problem)
    try:
        names = [notebook.name for notebook in gradebook.find_assignment(unit.id).notebooks]
        cells = published_cells(gradebook, unit.id, unit.notebook)
    except MissingEntry:
        raise CursoError(
            f"{unit.id} no está en el libro de notas: ejecuta curso publicar {unit.id}"
        ) from None
    check_published(unit, names, cells)
    return cells


def _registered(directory: CourseDirectory, unit: Unit) -> bool:
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        try:
            gradebook.find_notebook(unit.notebook, unit.id)
        except MissingEntry:
            return False
    return True


def _folder(directory: CourseDirectory, step: str, unit: str) -> Path:
    return Path(directory.format_path(step, ".", unit))
