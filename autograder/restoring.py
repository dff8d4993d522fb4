"""Devolver a un cuaderno sus celdas calificadas, tal como se publicaron."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from .new_nodes import code_cell, markdown_cell


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
            "checksum": self.checksum,
            "locked": self.locked,
            "grade": self.grade,
            "solution": self.solution,
            "task": self.task,
            "schema_version": 3,
        }
        return fields | ({"points": self.points} if self.points is not None else {})


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


def recognised(notebook: NotebookNode, published: Sequence[PublishedCell]) -> int:
    """How many cells of the unit are in ``notebook``, whatever its file is called."""
    known = {cell.grade_id for cell in published}
    return len({_identity(cell, known) for cell in notebook.cells} - {None})


def restore(notebook: NotebookNode, published: Sequence[PublishedCell]) -> list[str]:
    """Put back, in place, what the student may not change; notes in Spanish on what was missing.

    Of a cell that is there twice, the last one counts. A graded cell that is missing is added at
    the end, where every definition has run.
    """
    known = {cell.grade_id: cell for cell in published}
    notes = []
    present: set[str] = set()
    for position in reversed(range(len(notebook.cells))):
        cell = notebook.cells[position]
        identity = _identity(cell, known)
        if identity in present:
            notes.append(f"la celda «{identity}» está repetida: cuenta la última")
            identity = None
        if identity is None:
            cell.metadata.pop("nbgrader", None)
            continue
        present.add(identity)
        notebook.cells[position] = _restored(cell, known[identity])
    missing = [c for c in published if c.grade_id not in present and (c.grade or c.task)]
    for cell in missing:
        notebook.cells.append(_restored(markdown_cell(cell.source, cell.grade_id), cell))
    if missing:
        names = ", ".join(cell.grade_id for cell in missing)
        notes.append(f"faltaban celdas calificadas, y se repusieron al final: {names}")
    _name_apart(notebook)
    return notes


def _identity(cell: NotebookNode, known: dict[str, PublishedCell] | set[str]) -> str | None:
    """The published cell that this one is: by nbgrader's name, or by its id where that was lost."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id"))
    return grade_id if grade_id in known else None


def _restored(cell: NotebookNode, published: PublishedCell) -> NotebookNode:
    source = published.source if published.locked else cell.source
    cell_id = cell.get("id", published.grade_id)
    if published.cell_type == "code":
        restored = code_cell(source, cell_id)
    else:
        restored = markdown_cell(source, cell_id)
        if "attachments" in cell and not published.locked:
            restored.attachments = cell.attachments
    restored.metadata["nbgrader"] = published.metadata
    return restored


def _name_apart(notebook: NotebookNode) -> None:
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells, 1):
        if cell.id in ids:
            cell.id = f"celda-{number}-bis"
        ids.add(cell.id)
