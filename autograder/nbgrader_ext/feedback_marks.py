"""Lo que el libro de notas dice de una entrega, tal como lo lee quien la hizo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, GradeCell, Student, TaskCell
from sqlalchemy import select

from ..common.numbers_es import number
from ..course.scale import Scale, written

# nbgrader's own, that its autograder writes where a cell stands as it was published.
_AUTOMATIC = {"No response.": "No escribiste nada en esta celda."}


@dataclass(frozen=True)
class CellMark:
    """The points of one graded cell; ``unread`` where a person has still to give them."""

    points: float
    most: float
    unread: bool = False

    @property
    def state(self) -> str:
        """«bien», «parte», «mal» or «espera», which the page draws."""
        if self.unread:
            return "espera"
        if self.points >= self.most:
            return "bien"
        return "parte" if self.points > 0 else "mal"

    @property
    def text(self) -> str:
        """«5,6 de 7», or what it waits for."""
        most = number(self.most)
        return f"por leer, de {most}" if self.unread else f"{number(self.points)} de {most}"


@dataclass(frozen=True)
class Marked:
    """One submission: whose it is, its mark on the course's scale, and what each cell has."""

    name: str
    points: float
    most: float
    penalty: float
    grade: str | None
    cells: Mapping[str, CellMark]
    comments: Mapping[str, str]

    @property
    def total(self) -> str:
        return f"{number(self.points)} de {number(self.most)}"

    @property
    def lost(self) -> str:
        """The points of being late."""
        return number(self.penalty)

    @property
    def unread(self) -> bool:
        """Whether its mark is still to come."""
        return any(cell.unread for cell in self.cells.values())


def marked(
    gradebook: Gradebook, student: str, unit: str, notebook: str, scale: Scale | None
) -> Marked:
    """What the gradebook has of a student's notebook.

    Raises
    ------
    nbgrader.api.MissingEntry
        If it has nothing of it.
    """
    found = gradebook.find_submission_notebook(notebook, unit, student)
    session = gradebook.db
    most = _most(session, found.notebook_id)
    grades = select(BaseCell.name, Grade.score, Grade.needs_manual_grade)
    cells = {
        name: CellMark(float(score or 0), most[name], bool(unread))
        for name, score, unread in session.execute(_of(grades, Grade, found.id))
        if name in most
    }
    told = _of(select(BaseCell.name, Comment.comment), Comment, found.id)
    comments = {name: _AUTOMATIC.get(text, text) for name, text in session.execute(told) if text}
    penalty = float(found.late_submission_penalty or 0)
    points = max(0.0, sum(cell.points for cell in cells.values()) - penalty)
    whole = sum(most.values())
    grade = written(scale.unit_mark(unit, points, whole)) if scale and whole else None
    return Marked(_name(session, student), points, whole, penalty, grade, cells, comments)


def _of(query: Any, kind: Any, notebook: str) -> Any:
    return query.join(BaseCell, BaseCell.id == kind.cell_id).where(kind.notebook_id == notebook)


def _most(session: Any, notebook: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind in (GradeCell, TaskCell):
        query = select(kind.name, kind.max_score).where(kind.notebook_id == notebook)
        found |= {name: float(most) for name, most in session.execute(query)}
    return found


def _name(session: Any, student: str) -> str:
    """As the class's list calls them; by their folder where it does not."""
    query = select(Student.first_name, Student.last_name).where(Student.id == student)
    row = session.execute(query).first()
    return " ".join(part for part in row or () if part) or student
