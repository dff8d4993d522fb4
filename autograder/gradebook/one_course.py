"""De qué curso es una unidad del libro de notas: dos cursos en el mismo se pisarían las notas.

nbgrader finds a unit by its name alone: «ana» of one group would be graded over «ana» of another.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.api import Assignment, Gradebook
from sqlalchemy import make_url

from ..common.errors import CursoError
from ..common.one_line import one_line
from ..course.database_url import is_on_server
from ..course.folder import DEFAULT_COURSE, Course


def check_one_course(course: Course, gradebook: Gradebook, unit: str) -> None:
    """Raise :class:`CursoError` where the gradebook has that unit, and it is another course's.

    One that is in the course's own folder is its own: the course may have another name now.
    """
    file = make_url(course.database_url).database or ""
    if not is_on_server(course.database_url) and Path(file).is_relative_to(course.root):
        return
    query = gradebook.db.query(Assignment.course_id).filter(Assignment.name == unit)
    others = {name for (name,) in query} - {course.course_id, DEFAULT_COURSE, None, ""}
    if others:
        other = one_line(min(others), 60)
        raise CursoError(
            f"en ese libro de notas {unit} es del curso «{other}», y este es "
            f"«{one_line(course.course_id, 60)}»: si son dos, cada uno necesita su base de datos "
            "(CourseDirectory.db_url), o se pisarían las notas; si es el mismo con otro nombre, "
            f'pon c.CourseDirectory.course_id = "{other}"'
        )
