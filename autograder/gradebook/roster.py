"""La lista de clase: quién está en el curso, y cómo se llama. Está en el libro de notas.

nbgrader knows students and not whether they are still here: that is one more table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nbgrader.api import Gradebook, Student
from sqlalchemy import Column, MetaData, String, Table, delete, insert, inspect, select

from .database import ensure_table
from .groups import make_groups_table, put_groups

_TABLE = Table("curso_lista", MetaData(), Column("student", String(512), primary_key=True))


def listed(gradebook: Gradebook) -> set[str] | None:
    """Who is on the course's list; None where nobody gave one, and everybody is."""
    if not inspect(gradebook.engine).has_table(_TABLE.name):
        return None
    found = {student for (student,) in gradebook.db.execute(select(_TABLE.c.student))}
    gradebook.db.rollback()
    return found or None


def set_list(
    gradebook: Gradebook,
    people: Iterable[tuple[str, dict[str, Any]]],
    groups: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """These are on the list now, each with what is known of them; marks stay as they are.

    ``groups`` are those of who is named there; nobody's change where the list does not tell them.
    """
    ensure_table(gradebook.engine, _TABLE)
    if groups is not None:
        make_groups_table(gradebook)
    gradebook.db.execute(delete(_TABLE))
    known = {student.id: student for student in gradebook.students}
    rows = []
    for student, facts in people:
        told = {key: value for key, value in facts.items() if value}
        if (found := known.get(student)) is None:
            gradebook.db.add(Student(id=student, **told))
        else:
            for key, value in told.items():
                setattr(found, key, value)
        rows.append({"student": student})
    gradebook.db.execute(insert(_TABLE), rows)
    if groups is not None:
        put_groups(gradebook.db, groups)
    gradebook.db.commit()


def names(gradebook: Gradebook) -> dict[str, str]:
    """The name of each student that has one."""
    columns = Student.id, Student.first_name, Student.last_name
    found = {
        student: " ".join(part for part in (first, last) if part)
        for student, first, last in gradebook.db.query(*columns)
    }
    return {student: name for student, name in found.items() if name}
