"""Los estudiantes que el curso conoce ya: los del libro de notas, y los que tienen carpeta."""

from __future__ import annotations

from nbgrader.api import Gradebook

from ..course.folder import Course
from .people import Student


def students_of(course: Course, gradebook: Gradebook) -> list[Student]:
    """Those of the gradebook, with what it says of them, and then the other folders."""
    found = [
        Student(s.id, s.first_name or "", s.last_name or "", s.email or "", s.lms_user_id or "")
        for s in gradebook.students
    ]
    known = {student.id for student in found}
    here = course.submitted
    folders = (
        sorted(entry.name for entry in here.iterdir() if entry.is_dir()) if here.is_dir() else []
    )
    return found + [
        Student(name) for name in folders if name not in known and not name.startswith(".")
    ]
