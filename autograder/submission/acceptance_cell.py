"""La aceptación de la tarea, dicha a quien la entregó: una celda al principio de su cuaderno."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

from .new_nodes import markdown_cell
from .outputs import one_line

NAME = "aceptacion-de-la-tarea"
_MARKS = {"aceptado": "✔", "rechazado": "✘", "para revisar": "⚠"}
_DECISIONS = {True: "aceptada", False: "rechazada"}


def show_acceptance(notebook: NotebookNode, acceptance: dict[str, Any]) -> None:
    """Put the decision and its reasons where nbgrader's feedback begins.

    It is written anew each time that the work is graded, and nothing is marked in it.
    """
    ids = {cell.get("id") for cell in notebook.cells}
    name = NAME
    while name in ids:
        name += "-1"
    notebook.cells.insert(0, markdown_cell(_text(acceptance), name))


def _text(acceptance: dict[str, Any]) -> str:
    if missing := acceptance.get("missing"):
        lines = [f"- ✘ {_plain(name)}: falta el archivo" for name in missing]
        return _page("sin evaluar: faltan los pesos", [*lines, "", "Van junto al cuaderno."])
    if "unavailable" in acceptance:
        return _page("sin evaluar", [_plain(acceptance["unavailable"])])
    lines = [
        f"- {_MARKS.get(one['state'], '•')} **{_plain(one['name'])}**: {_plain(one['text'])}"
        for one in acceptance["criteria"]
    ]
    return _page(_DECISIONS[bool(acceptance["accepted"])], lines)


def _page(decision: str, lines: list[str]) -> str:
    return "\n".join([f"### Aceptación de la tarea: {decision}", "", *lines])


def _plain(text: Any) -> str:
    """Some reasons come from what was handed in: they are words, and do nothing."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>$&#|!" else char for char in one_line(text))
