"""Students who do their own work, each in a manner of their own, and the mark they earn."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tests.red_team.attack import HOMEWORK, MAPS, NOTEBOOKS, ROOT, UNIT, cell_of
from tests.red_team.homework import write_all

CATALOGUE = ROOT / "tests" / "catalogue"
# Points of a function that returns the right shape and wrong values: a fifth of its points.
# Of the homework, four points are a written answer's, which a person reads.
MARKS = {
    ("ana", UNIT): 20.0,
    ("bruno", UNIT): 20.0,
    ("carla", UNIT): 20.0,
    ("diego", UNIT): 20.0,
    ("elena", UNIT): 20.0,
    ("fabio", UNIT): 20.0,
    ("gloria", UNIT): 13.0 + 0.2 * 7,
    ("hugo", UNIT): 13.0,
    ("irene", UNIT): 0.0,
    ("jaime", UNIT): 20.0,
    ("ana", MAPS): 20.0,
    ("bruno", MAPS): 20.0,
    ("gloria", MAPS): 17.0 + 0.2 * 3,
    ("ana", HOMEWORK): 13.0,
    ("bruno", HOMEWORK): 13.0,
    ("gloria", HOMEWORK): 10.0 + 0.2 * 3,
}


def hand_in_all(submitted: Path) -> None:
    """Write all the submissions."""
    for student, unit in MARKS:
        folder = submitted / student / unit
        folder.mkdir(parents=True)
        nbformat.write(_work(student, unit), folder / NOTEBOOKS[unit])
        if unit == HOMEWORK:
            write_all(folder)


def _work(student: str, unit: str) -> NotebookNode:
    version = "release" if student == "irene" else "source"
    notebook = nbformat.read(ROOT / version / unit / NOTEBOOKS[unit], as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "figura"]
    change = _CHANGES.get((student, unit))
    if change:
        change(notebook)
    return notebook


def _from_catalogue(unit: str, function: str, name: str):
    def change(notebook: NotebookNode) -> None:
        source = (CATALOGUE / unit / function / name).read_text(encoding="utf-8")
        cell_of(notebook, f"{function.replace('_', '-')}-solucion").source = source

    return change


def _noisy(notebook: NotebookNode) -> None:
    cell_of(notebook, "conv2d-ejemplos").source = (
        "import sys, warnings\n"
        "print('aviso por stderr', file=sys.stderr)\nwarnings.warn('otro')\nprint(conv2d)"
    )


def _stumbles(notebook: NotebookNode) -> None:
    cell_of(notebook, "correlacion2d-ejemplos").source = "1 / 0"
    cell_of(notebook, "conv2d-ejemplos").source = "esto no es Python"


def _leaves_out_conv2d(notebook: NotebookNode) -> None:
    cell_of(notebook, "conv2d-solucion").source = "# no me dio tiempo"
    cell_of(notebook, "conv2d-ejemplos").source = ""


def _draws(notebook: NotebookNode) -> None:
    notebook.cells.append(
        nbformat.v4.new_code_cell(
            "import matplotlib.pyplot as plt\nplt.imshow(np.eye(4))\nplt.title('ñandú')\nplt.show()"
        )
    )
    notebook.cells.append(nbformat.v4.new_markdown_cell("**Conclusión:** $a < b$ y `x<y`."))


_CHANGES = {
    ("bruno", UNIT): _from_catalogue(UNIT, "conv2d", "right/im2col.py"),
    ("carla", UNIT): _from_catalogue(UNIT, "conv2d", "right/fft.py"),
    ("diego", UNIT): _noisy,
    ("elena", UNIT): _stumbles,
    ("fabio", UNIT): _draws,
    ("gloria", UNIT): _from_catalogue(UNIT, "conv2d", "wrong/zeros_of_the_right_shape.py"),
    ("hugo", UNIT): _leaves_out_conv2d,
    ("jaime", UNIT): _from_catalogue(UNIT, "conv2d", "right/einsum.py"),
    ("bruno", MAPS): _from_catalogue(MAPS, "extraer_mapas", "right/layer_by_layer.py"),
    ("bruno", HOMEWORK): _from_catalogue(HOMEWORK, "construir_cnn", "right/subclassed.py"),
    ("gloria", MAPS): _from_catalogue(MAPS, "capa_basica", "wrong/without_relu.py"),
    ("gloria", HOMEWORK): _from_catalogue(HOMEWORK, "construir_cnn", "wrong/average_pooling.py"),
}
