"""Las soluciones de ``source/``: su texto, y la función que define, también con otro texto."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nbformat

from . import ROOT

WITHOUT_KERAS = ("1_convolucion", "2_filtros", "4_padding")
# The one function of unit 3 that is plain Python, and so needs no Keras to be asked.
PLAIN = "campo_receptivo"


@dataclass(frozen=True)
class Solution:
    """One graded function: its cell's source, and the cells of the notebook that come before it."""

    check_id: str
    source: str
    before: str

    @property
    def name(self) -> str:
        return self.check_id.rpartition(".")[2]

    def function(self, source: str | None = None) -> Any:
        """The function that a source of its cell defines, after the cells before it."""
        namespace: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(self.before, "<antes>", "exec"), namespace)
        exec(compile(self.source if source is None else source, "<celda>", "exec"), namespace)
        return namespace[self.name]


def solutions(with_keras: bool = False) -> Iterator[Solution]:
    """The solutions of every unit, or of those that need no Keras."""
    for path in sorted(ROOT.glob("source/*/*.ipynb")):
        unit, before = path.parent.name, ""
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type != "code":
                continue
            if cell.id == "preparacion":
                before = cell.source.replace("from autograder import comprobar", "")
            if not cell.id.endswith("-solucion"):
                continue
            name = cell.id.removesuffix("-solucion").replace("-", "_")
            if with_keras or unit in WITHOUT_KERAS or name == PLAIN:
                start = before if name != PLAIN or with_keras else ""
                yield Solution(f"{unit}.{name}", cell.source, start)
            before += "\n" + cell.source
