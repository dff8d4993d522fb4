"""Las marcas de nbgrader de un cuaderno de ``source/``: cuál está mal, y en qué celda.

nbgrader would refuse all of these too, in English and without saying where.
"""

from __future__ import annotations

import math
import re
from typing import Any

from nbformat import NotebookNode

from ..common.errors import CursoError

BEGIN_SOLUTION, END_SOLUTION = "### INICIO SOLUCIÓN", "### FIN SOLUCIÓN"
# nbgrader's own, that take out no solution here, and what they would be in the other language.
_MARKS = re.compile(
    r"#.*\b(?:begin|end|inicio|fin)\b\W*(?:de\W+)?(?:(?:la|las|los)\W+)?"
    r"(?:solu[ct]i[oó]n|hidden\W*tests?|(?:pruebas?|tests?)\W*ocult[ao]s?)\b",
    re.IGNORECASE,
)
_HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
_NAME = re.compile(r"[a-zA-Z0-9_-]+")
_PANEL = "en el panel «Create Assignment»"


def check_marks(notebook: NotebookNode) -> None:
    """Raise :class:`CursoError` where nbgrader could not publish it, with the cell's name."""
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise CursoError(
            f"el cuaderno es de otro lenguaje («{language!s:.30}»): elige un kernel de Python en "
            "JupyterLab y guárdalo"
        )
    names: set[str] = set()
    for place, cell in enumerate(notebook.cells, 1):
        marks = cell.metadata.get("nbgrader") or {}
        used = any(marks.get(one) for one in ("grade", "solution", "locked", "task"))
        name = marks.get("grade_id") if used else None
        shown = str(name or cell.get("id") or f"número {place}")[:60]
        if problem := _problem(cell, marks, used) or (name in names and _TWICE):
            raise CursoError(f"la celda «{shown}» {problem}")
        if name:
            names.add(name)


_TWICE = (
    "tiene el mismo identificador que otra (al copiar una celda se copia el suyo): dale otro, "
    f"{_PANEL}"
)


def _problem(cell: NotebookNode, marks: dict[str, Any], used: bool) -> str | None:
    if used and not _NAME.fullmatch(str(marks.get("grade_id") or "")):
        return (
            "necesita un identificador con letras sin acentos, números, guiones y nada más: "
            f"escríbelo {_PANEL}"
        )
    if (marks.get("grade") or marks.get("task")) and not _is_worth(marks.get("points")):
        return f"lleva puntos y no dice cuántos, o no son un número de 0 en adelante: dilo {_PANEL}"
    solution = bool(marks.get("solution"))
    return _solution_problem(cell.source, solution) or _almost(cell, solution)


def _is_worth(points: Any) -> bool:
    number = isinstance(points, (int, float)) and not isinstance(points, bool)
    return number and math.isfinite(points) and points >= 0


def _solution_problem(source: str, solution: bool) -> str | None:
    """By nbgrader's own rule; of an end without its beginning it says nothing, and it shows."""
    inside = found = False
    for line in source.split("\n"):
        mark = BEGIN_SOLUTION in line or END_SOLUTION in line
        found |= mark
        if mark and (BEGIN_SOLUTION in line) == inside:
            break
        inside ^= mark
    else:
        if not inside:
            return (
                "lleva una solución y no es una celda de solución: elige «Manually graded answer» "
                f"o «Autograded answer» {_PANEL}"
                if found and not solution
                else None
            )
    return f"no cierra su solución: una línea «{BEGIN_SOLUTION}», la solución, y «{END_SOLUTION}»"


def _almost(cell: NotebookNode, solution: bool) -> str | None:
    """Of a mark that takes nothing out: what stands under it would be published."""
    if cell.cell_type != "code" or (solution and BEGIN_SOLUTION not in cell.source):
        return None  # Of a solution without marks the whole cell is taken out.
    inside = False
    for line in cell.source.split("\n"):
        if BEGIN_SOLUTION in line or END_SOLUTION in line:
            inside = BEGIN_SOLUTION in line
        elif not inside and _MARKS.search(line) and not any(mark in line for mark in _HIDDEN):
            return (
                f"tiene «{line.strip()[:60]}», que no quita nada de lo que se publica: las marcas "
                f"son «{BEGIN_SOLUTION}» y «{END_SOLUTION}», o «### {_HIDDEN[0]}» y "
                f"«### {_HIDDEN[1]}»"
            )
    return None


def solutions(source: str) -> list[str]:
    """What stands between the marks of a cell."""
    found = [part.partition(END_SOLUTION)[0] for part in source.split(BEGIN_SOLUTION)[1:]]
    return [text.rpartition("\n")[0] for text in found]
