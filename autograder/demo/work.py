"""El trabajo de un estudiante simulado en una unidad, y las notas que le corresponden."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..course.folder import Course
from ..gradebook.cell_marks import BEGIN_SOLUTION, END_SOLUTION
from ..gradebook.own_tests import SOURCE_LOCK
from ..submission.graded_cells import check_id_of, is_checked

ALL = "todo"

TRAINED = "redes_entrenadas"  # the check of the weights


@dataclass(frozen=True)
class Work:
    """What is handed in for one unit.

    Parameters
    ----------
    unit : str
    solved : "todo" or tuple of str
        The functions answered as the instructor does.
    answers : mapping
        Functions answered otherwise: their code.
    edit : callable, optional
        What else happens to the notebook.
    damage : callable, optional
        What happens to the file's text.
    file : str, optional
        The file's name, where it is not the unit's.
    shares : mapping
        The share of the points that a function earns, where it is not 1 for an answered function
        and 0 for another.
    problem : bool
        Whether the file cannot be graded at all.
    """

    unit: str
    solved: str | tuple[str, ...] = ALL
    answers: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[NotebookNode], None] | None = None
    damage: Callable[[str], str] | None = None
    file: str | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    problem: bool = False

    def answered(self, function: str) -> bool:
        return self.solved == ALL or function in self.solved or function in self.answers

    def expected(self, course: Course, accepted: bool = True) -> float:
        """The points that this work is worth, out of what a person must read.

        ``accepted`` is whether its weights should be.
        """
        if self.problem:
            return 0.0
        total = 0.0
        for cell in _read(course.source, course, self.unit).cells:
            if is_checked(cell):
                function = (check_id_of(cell.source) or "").partition(".")[2]
                share = self.shares.get(function, float(self.answered(function)))
                if function == TRAINED and not accepted:
                    share = 0.0
                total += share * cell.metadata.nbgrader["points"]
        return round(total, 6)

    def hand_in(self, course: Course, student: str) -> None:
        """Write the notebook, made from the published one, to ``submitted/``."""
        notebook = _read(course.release, course, self.unit)
        model = {cell.id: cell for cell in _read(course.source, course, self.unit).cells}
        for cell in notebook.cells:
            function = cell.id.removesuffix("-solucion").replace("-", "_")
            if function in self.answers:
                cell.source = self.answers[function]
            elif cell.id.endswith("-solucion") and self.answered(function):
                cell.source = _without_delimiters(model[cell.id].source)
            elif cell.id.endswith("-respuesta") and self.solved == ALL:
                cell.source = model[cell.id].source
        if self.edit:
            self.edit(notebook)
        text = nbformat.writes(notebook)
        if self.damage:
            text = self.damage(text)
        folder = course.submitted / student / self.unit
        folder.mkdir(parents=True, exist_ok=True)
        name = self.file or f"{course.notebook(self.unit)}.ipynb"
        (folder / name).write_text(text, encoding="utf-8")


def _read(root: Path, course: Course, unit: str) -> NotebookNode:
    path = root / unit / f"{course.notebook(unit)}.ipynb"
    return copy.deepcopy(nbformat.read(path, as_version=4))


def _without_delimiters(source: str) -> str:
    ours = (BEGIN_SOLUTION, END_SOLUTION, SOURCE_LOCK)  # No student has them.
    return "\n".join(line for line in source.splitlines() if line.strip() not in ours)
