"""«Ejecutar todas las celdas» on a unit as it is handed out reaches its last cell."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.checks import UNITS

ROOT = Path(__file__).parents[2]
UNWRITTEN = "esta función todavía no está escrita"


def released(unit):
    return nbformat.read(ROOT / "release" / unit / f"{UNITS[unit].notebook}.ipynb", as_version=4)


@pytest.mark.parametrize("unit", ["1_convolucion", "2_filtros", "4_padding"])
def test_a_run_of_all_cells_goes_on_past_what_is_not_written(unit, tmp_path):
    notebook = released(unit)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER", "CURSO"))}
    # The first error would end it: nothing is allowed to fail.
    client = NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=environment)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    texts = {cell.id: "".join(out.get("text", "") for out in cell.outputs) for cell in code}
    said = [name for name, text in texts.items() if text.startswith("○ ") and UNWRITTEN in text]
    checks = [cell.id for cell in code if cell.id.endswith("-comprobacion")]
    examples = [cell.id for cell in code if cell.id.endswith("-ejemplos")]
    assert set(checks + examples) <= set(said)


def test_in_the_homework_what_needs_the_networks_lets_the_rest_run():
    cells = [cell for cell in released("5_fashion_mnist").cells if cell.cell_type == "code"]
    after = [cell.id for cell in cells].index("entrenar") + 1
    for cell in cells[after:]:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution") or marks.get("grade"):
            continue  # As everywhere: a definition, and a check that says when it is not written.
        assert "raises-exception" in cell.metadata.get("tags", []), cell.id
