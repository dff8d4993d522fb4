"""Nuestras piezas en nbgrader: con ellas, ``nbgrader autograde`` da las notas de ``curso``."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float

from .execution import execute
from .gradebook import OneTransaction
from .limits import Limits
from .notebook_reader import read_notebook
from .restoring import published_cells, restore


class SaveCells(stock.SaveCells):
    """Register a unit's cells all at once: killed in the middle, it would be worth fewer points."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        session = self.gradebook.db = OneTransaction(self.gradebook.db)
        session.begin()
        super()._create_notebook(nb)
        session.commit_all()


class RestoreCells(NbGraderPreprocessor):
    """Keep of the notebook what is known, and put its graded cells back as published."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        nb = read_notebook(nbformat.writes(nb).encode())
        with Gradebook(names["db_url"]) as gradebook:
            published = published_cells(gradebook, names["assignment"], names["notebook"])
        for note in restore(nb, published):
            self.log.warning("%s: %s", names["student"], note)
        return nb, resources


class ExecuteWithJudge(NbGraderPreprocessor):
    """Run the notebook with the judge on the other side, and mark its graded cells."""

    cell_seconds = Float(Limits.cell_seconds, help="Tiempo máximo de una celda.").tag(config=True)
    notebook_seconds = Float(
        Limits.notebook_seconds, help="Tiempo máximo del cuaderno entero."
    ).tag(config=True)

    isolated = Bool(True, help="Si el cuaderno corre en el recinto aislado.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        limits = Limits(self.cell_seconds, self.notebook_seconds)
        return execute(nb, limits, isolated=self.isolated).notebook, resources
