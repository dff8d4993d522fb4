"""Las filas de una entrega en las tablas de nbgrader: se leen de una vez y se escriben de una vez.

nbgrader asks for a submission, its notebook, each grade and each comment with queries of its own,
twenty of them: most of what grading a class costs to the one who coordinates it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Table, bindparam, insert, select, update

_STUDENT, _SUBMITTED, _NOTEBOOK, _GRADE, _COMMENT = (
    one.__table__ for one in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)
# As nbgrader itself mirrors a unit when a student first hands it in.
_GRADED, _COMMENTED = ("GradeCell", "TaskCell"), ("SolutionCell", "TaskCell")


@dataclass
class GradeRow:
    """A grade, by the names that nbgrader's own saving of grades uses."""

    id: str
    auto_score: float | None = None
    manual_score: float | None = None
    needs_manual_grade: bool = True


@dataclass
class CommentRow:
    """A comment, likewise."""

    id: str
    auto_comment: str | None = None


@dataclass(frozen=True)
class Structure:
    """A unit as the gradebook knows it while a transaction lasts."""

    id: str
    due: datetime | None
    max_points: float
    notebooks: dict[str, str]
    cells: dict[str, list[tuple[str, str, str]]]  # Of each notebook: id, name, kind.

    @classmethod
    def read(cls, connection: Any, unit: str) -> Structure:
        """Raise nbgrader's ``MissingEntry`` where there is no such unit."""
        about = select(Assignment.id, Assignment.duedate, Assignment.max_score)
        row = connection.execute(about.where(Assignment.name == unit)).first()
        if row is None:
            raise MissingEntry(f"el libro de notas no conoce la unidad «{unit}»")
        notebooks: dict[str, str] = {}
        cells: dict[str, list[tuple[str, str, str]]] = {}
        # Its columns are named: of the classes, nbgrader's would be read with all their sums.
        book, cell = Notebook.__table__.c, BaseCell.__table__.c
        those = (
            select(book.id, book.name, cell.id, cell.name, cell.type)
            .select_from(Notebook.__table__.outerjoin(BaseCell.__table__))
            .where(book.assignment_id == row[0])
        )
        for notebook, name, *rest in connection.execute(those):
            notebooks[name] = notebook
            found = cells.setdefault(notebook, [])
            if rest[0] is not None:
                found.append(tuple(rest))
        return cls(row[0], row[1], float(row[2]), notebooks, cells)


@dataclass
class SavedRows:
    """Those of one student's submission; ``write`` saves what has changed of them.

    ``penalised`` says that its notebooks may have lost points for being late.
    """

    submission: str
    notebook: str
    grades: dict[str, GradeRow]
    comments: dict[str, CommentRow]
    timestamp: datetime | None
    due: datetime | None
    penalised: bool
    _before: dict[str, GradeRow | CommentRow] = field(default_factory=dict)
    _new: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)

    def _all(self) -> list[GradeRow | CommentRow]:
        return [*self.grades.values(), *self.comments.values()]

    @property
    def fresh(self) -> bool:
        return bool(self._new)

    @property
    def late(self) -> bool:
        """Whether it came after its date, so that the course's policy is to be asked."""
        return None not in (self.timestamp, self.due) and self.timestamp > self.due  # type: ignore[operator]

    @classmethod
    def of(
        cls, connection: Any, unit: Structure, notebook: str, student: str, **when: datetime | None
    ) -> SavedRows:
        """Those that there are, or new ones; ``timestamp`` is when it came, where that is told."""
        if notebook not in unit.notebooks:
            raise MissingEntry(f"el libro de notas no conoce el cuaderno «{notebook}»")
        handed = _SUBMITTED.c
        there = select(handed.id, handed.timestamp, handed.extension).where(
            handed.assignment_id == unit.id, handed.student_id == student
        )
        row = connection.execute(there).first()
        if row is None:
            return cls._made(connection, unit, notebook, student, when.get("timestamp"))
        key, timestamp, extension = row
        if when and when["timestamp"] != timestamp:
            timestamp = when["timestamp"]
            connection.execute(
                update(_SUBMITTED).where(handed.id == key).values(timestamp=timestamp)
            )
        those = select(_NOTEBOOK.c.id, _NOTEBOOK.c.notebook_id, _NOTEBOOK.c.late_submission_penalty)
        books = connection.execute(those.where(_NOTEBOOK.c.assignment_id == key)).all()
        ours = [one.id for one in books if one.notebook_id == unit.notebooks[notebook]]
        if not ours:
            raise MissingEntry(f"el libro de notas no conoce el cuaderno «{notebook}»")
        grades = {
            name: GradeRow(*rest)
            for name, *rest in _of_notebook(
                connection, _GRADE, ours[0], "id auto_score manual_score needs_manual_grade"
            )
        }
        comments = {
            name: CommentRow(*rest)
            for name, *rest in _of_notebook(connection, _COMMENT, ours[0], "id auto_comment")
        }
        due = unit.due + extension if unit.due and extension else unit.due
        penalised = any(one.late_submission_penalty is not None for one in books)
        rows = cls(key, ours[0], grades, comments, timestamp, due, penalised)
        rows._before = {one.id: replace(one) for one in rows._all()}
        return rows

    @classmethod
    def _made(
        cls, connection: Any, unit: Structure, notebook: str, student: str, when: datetime | None
    ) -> SavedRows:
        made: dict[Table, list[dict[str, Any]]] = {_STUDENT: [], _SUBMITTED: []}
        known = select(_STUDENT.c.id).where(_STUDENT.c.id == student)
        if connection.execute(known).first() is None:
            made[_STUDENT] = [{"id": student}]
        key = new_uuid()
        made[_SUBMITTED] = [
            {"id": key, "assignment_id": unit.id, "student_id": student, "timestamp": when}
        ]
        made |= {_NOTEBOOK: [], _GRADE: [], _COMMENT: []}
        rows = cls(key, "", {}, {}, when, unit.due, False, _new=made)
        for name, book in unit.notebooks.items():
            submitted = new_uuid()
            made[_NOTEBOOK].append({"id": submitted, "assignment_id": key, "notebook_id": book})
            ours = name == notebook
            rows.notebook = submitted if ours else rows.notebook
            for cell, called, kind in unit.cells[book]:
                both = {"cell_id": cell, "notebook_id": submitted}
                if kind in _GRADED:
                    grade = GradeRow(new_uuid())
                    made[_GRADE].append({**vars(grade), **both})
                    rows.grades |= {called: grade} if ours else {}
                if kind in _COMMENTED:
                    comment = CommentRow(new_uuid())
                    made[_COMMENT].append({**vars(comment), **both})
                    rows.comments |= {called: comment} if ours else {}
        return rows

    def write(self, connection: Any) -> None:
        """Save what is new, and what has changed."""
        now = {one.id: one for one in self._all()}
        for table, rows in self._new.items():
            for row in rows:
                if row["id"] in now:
                    row |= vars(now[row["id"]])
            if rows:
                connection.execute(insert(table), rows)
        if self.fresh:
            return
        for table, some in ((_GRADE, self.grades), (_COMMENT, self.comments)):
            _update(
                connection, table, (one for one in some.values() if one != self._before[one.id])
            )

    def clear_penalties(self, connection: Any) -> None:
        """It is in time now: whatever its notebook lost before, it has back."""
        if self.penalised:
            those = _NOTEBOOK.c.id == self.notebook
            connection.execute(update(_NOTEBOOK).where(those).values(late_submission_penalty=None))


def _of_notebook(connection: Any, table: Table, notebook: str, columns: str) -> Iterable[Any]:
    """Its grades or comments, each with its cell's name first."""
    cell = BaseCell.__table__
    wanted = (table.c[name] for name in columns.split())
    query = select(cell.c.name, *wanted).join_from(table, cell, cell.c.id == table.c.cell_id)
    # A server lets others write meanwhile: a reader's mark is not to be lost.
    query = query.where(table.c.notebook_id == notebook).with_for_update(of=table)
    return connection.execute(query)


def _update(connection: Any, table: Table, rows: Iterable[GradeRow | CommentRow]) -> None:
    changed = [vars(row) | {"this": row.id} for row in rows]
    if changed:
        names = [name for name in changed[0] if name not in ("id", "this")]
        query = update(table).where(table.c.id == bindparam("this"))
        values: dict[str, Any] = {name: bindparam(name) for name in names}
        connection.execute(
            query.values(values),
            [{name: row[name] for name in (*names, "this")} for row in changed],
        )
