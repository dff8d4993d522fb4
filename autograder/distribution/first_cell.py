"""La primera celda de código de un cuaderno publicado: instala el paquete del curso si falta.

On the index of packages another project is called ``autograder``, and ours is not there.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from ..checks import Unit
from ..common.errors import CursoError
from ..common.version import VERSION
from ..sandbox.flavours import KERAS
from .wheel import wheel_name

WHERE = "c.Curso.direccion"
CELL_ID = "paquete-del-curso"
_CALL = "preparar_el_curso()\n"
_ADDRESS = re.compile(r"(https?|git\+https)://[^\s\"'\\]+")


def address_of(config: object) -> str:
    """``c.Curso.direccion``: where the package is, once for the whole course; empty where nowhere.

    A folder's (it ends in a slash) is that of the wheel in it.

    Raises
    ------
    CursoError
        If pip could not find anything there.
    """
    told = getattr(config, "Curso", {}).get("direccion", "")
    if not told:
        return ""
    if not isinstance(told, str) or not _ADDRESS.fullmatch(told):
        raise CursoError(
            f"{WHERE}, en nbgrader_config.py, no es la dirección de un paquete ({told!r:.80}): por "
            "ejemplo, https://aula.ejemplo.edu/curso/ con el paquete dentro"
        )
    return told + wheel_name() if told.endswith("/") else told


def first_cell(unit: Unit, address: str) -> NotebookNode:
    """The cell, folded; it has no name of nbgrader's, so that no gradebook has to know it."""
    extra = "[keras]" if unit.flavour is KERAS else ""
    call = f'preparar_el_curso("{extra}", "{VERSION}", "{address}")\n'
    cell = new_code_cell(_template().replace(f"\n{_CALL}", f"\n{call}").rstrip("\n"))
    cell.id = CELL_ID
    cell.metadata = NotebookNode({"cellView": "form", "jupyter": {"source_hidden": True}})
    return cell


def add_first_cell(notebook: NotebookNode, unit: Unit, address: str) -> None:
    """Put it before all other code, or anew in the place where it is."""
    cells = [cell for cell in notebook.cells if cell.get("id") != CELL_ID]
    codes = [place for place, cell in enumerate(cells) if cell.cell_type == "code"]
    cells.insert(codes[0] if codes else len(cells), first_cell(unit, address))
    notebook.cells = cells


@cache
def _template() -> str:
    folder = resources.files("autograder") / "templates"
    return (folder / "primera_celda.txt").read_text(encoding="utf-8")
