"""Las celdas de una unidad publicada, como el libro de notas las guarda."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nbformat import from_dict
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum


@dataclass(frozen=True)
class PublishedCell:
    """A cell that the gradebook knows: what nbgrader recorded when the unit was published."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def metadata(self) -> dict[str, object]:
        fields = {
            "grade_id": self.grade_id,
            "cell_type": self.cell_type,
            "checksum": self._checksum,
            "locked": self.locked,
            "grade": self.grade,
            "solution": self.solution,
            "task": self.task,
            "schema_version": 3,
        }
        return fields | ({"points": self.points} if self.points is not None else {})

    @cached_property
    def _checksum(self) -> str | None:
        """By nbgrader's rule: of a locked cell, the gradebook holds a lock in its place."""
        if not self.locked:
            return self.checksum
        marks = {"grade_id": self.grade_id, "grade": self.grade, "solution": self.solution}
        marks |= {"locked": True, "task": self.task, "points": self.points}
        cell = {"cell_type": self.cell_type, "source": self.source, "metadata": {"nbgrader": marks}}
        return compute_checksum(from_dict(cell))


def published_cells(gradebook: Gradebook, unit: str, notebook: str) -> tuple[PublishedCell, ...]:
    """The cells of a published notebook that carry nbgrader's metadata, in their order."""
    found = gradebook.find_notebook(notebook, unit)
    grades = {cell.name: float(cell.max_score) for cell in found.grade_cells}
    tasks = {cell.name: float(cell.max_score) for cell in found.task_cells}
    solutions = {cell.name for cell in found.solution_cells}
    return tuple(
        PublishedCell(
            grade_id=cell.name,
            cell_type=cell.cell_type,
            source=cell.source,
            checksum=cell.checksum,
            locked=cell.locked,
            grade=cell.name in grades,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=grades.get(cell.name, tasks.get(cell.name)),
        )
        for cell in found.source_cells
    )
