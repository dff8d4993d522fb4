"""Convierte en Markdown las celdas calificadas y repite sus identificadores."""

import copy


def edit(notebook):
    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    for cell in graded:
        twin = copy.deepcopy(cell)
        twin.source, twin.id = "pass", f"{cell.id}-2"
        notebook.cells.append(twin)
        cell.cell_type = "markdown"
        for field in ("outputs", "execution_count"):
            cell.pop(field, None)


def succeeded(world):
    return world.earned
