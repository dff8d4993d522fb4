"""Ten students who do their own work, each in a manner of their own, and the mark they earn."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .attack import NOTEBOOK, ROOT, UNIT, cell_of

CATALOGUE = ROOT / "tests" / "catalogue" / UNIT
# Points of a function that returns the right shape and wrong values: a fifth of its points.
MARKS = {
    "ana": 20.0,
    "bruno": 20.0,
    "carla": 20.0,
    "diego": 20.0,
    "elena": 20.0,
    "fabio": 20.0,
    "gloria": 13.0 + 0.2 * 7,
    "hugo": 13.0,
    "irene": 0.0,
    "jaime": 20.0,
}


def hand_in_all(submitted: Path) -> None:
    """Write the ten submissions."""
    for student in MARKS:
        folder = submitted / student / UNIT
        folder.mkdir(parents=True)
        nbformat.write(_work(student), folder / NOTEBOOK)


def _work(student: str) -> NotebookNode:
    version = "release" if student == "irene" else "source"
    notebook = nbformat.read(ROOT / version / UNIT / NOTEBOOK, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "figura"]
    change = _CHANGES.get(student)
    if change:
        change(notebook)
    return notebook


def _conv2d_from(name: str):
    def change(notebook: NotebookNode) -> None:
        source = (CATALOGUE / "conv2d" / name).read_text(encoding="utf-8")
        cell_of(notebook, "conv2d-solucion").source = source

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
    "bruno": _conv2d_from("right/im2col.py"),
    "carla": _conv2d_from("right/fft.py"),
    "diego": _noisy,
    "elena": _stumbles,
    "fabio": _draws,
    "gloria": _conv2d_from("wrong/zeros_of_the_right_shape.py"),
    "hugo": _leaves_out_conv2d,
    "jaime": _conv2d_from("right/einsum.py"),
}
