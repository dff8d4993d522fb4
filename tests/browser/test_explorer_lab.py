"""The explorer inside JupyterLab: moved, typed into, hovered and stepped, with Python listening.

Nothing is typed into a cell and no cell is looked for by its place: what reaches Python is read
from a file that the notebook writes, so nothing depends on what JupyterLab has on the screen.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebook_page import NotebookPage, errors
from playwright.sync_api import Locator, Page

import conv2d_lib as cl

CELLS = (
    "import json\nfrom pathlib import Path\n\nimport numpy as np\n\n"
    "from conv2d_lib.explorer import Explorador, Predice",
    # Right but for its last row, that it leaves at zero.
    "def conv2d(x, kernel, bias):\n"
    "    n, h, w, c = x.shape\n"
    "    kh, kw, _, f = kernel.shape\n"
    "    salida = np.zeros((n, h - kh + 1, w - kw + 1, f))\n"
    "    for i in range(h - kh):\n"
    "        for j in range(w - kw + 1):\n"
    "            ventana = x[:, i:i + kh, j:j + kw, :]\n"
    "            salida[:, i, j] = np.tensordot(ventana, kernel, 3) + bias\n"
    "    return salida",
    "explorador = Explorador(np.arange(30.0).reshape(5, 6) ** 2 % 17, funcion=conv2d)\n"
    "guarda = lambda cambio: Path('estado.json').write_text(json.dumps(cambio['new']))\n"
    "explorador.observe(guarda, 'estado')\n"
    "explorador",
    "Predice('¿Cuánto es 1 + 1?', 2, 'Se suman.', replicas={11: 'No se juntan: se suman.'})",
)
IMAGE = (np.arange(30.0).reshape(5, 6) ** 2 % 17).astype(np.float32)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PATIENCE = 120  # Seconds, on a machine that others use too.


@pytest.fixture
def notebook(course_copy: Path, serving, page: Page):
    path = course_copy / "course" / "prueba_explorador.ipynb"
    cells = [new_code_cell(text, id=f"celda-{n}") for n, text in enumerate(CELLS)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    with serving(course_copy, "make lab") as address:
        opened = NotebookPage(page, address, course_copy, "course/prueba_explorador.ipynb")
        opened.run_all()
        assert errors(opened.stored()) == []
        yield opened


def heard(notebook: NotebookPage, **expected) -> dict:
    """What Python last heard of, once it is what the reader asked for."""
    file, state = notebook.file.parent / "estado.json", {}
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            state = json.loads(file.read_text())
        except (FileNotFoundError, ValueError):
            state = {}
        if state and all(state[name] == value for name, value in expected.items()):
            return state
        notebook.page.wait_for_timeout(100)
    raise AssertionError(f"{expected} never reached Python: {state}")


def walked(explorer: Locator, rows: int, columns: int) -> np.ndarray:
    """Every number of the output, as the explorer says it to who walks it with the arrows."""
    output = explorer.get_by_label("Salida: recórrela con las flechas")
    output.focus()
    output.press("Home")
    found = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            # Back and forth, line by line, as one reads a field that is ploughed.
            column = j if i % 2 == 0 else columns - 1 - j
            if j:
                output.press("ArrowRight" if i % 2 == 0 else "ArrowLeft")
            found[i, column] = said(explorer, i, column)
        output.press("ArrowDown")
    return found


def said(explorer: Locator, i: int, j: int) -> float:
    line = explorer.locator(".dicho[role=status]").get_by_text(f"Salida ({i}, {j}) = ")
    line.wait_for()
    text = line.inner_text().split(" = ")[1].split(". Lee")[0]
    return float(text.replace("−", "-").replace(",", ".").replace("\u202f", ""))


def expected(state: dict) -> np.ndarray:
    kernel = np.array(state["nucleos"], np.float32).transpose(2, 3, 1, 0)
    return cl.conv2d(
        IMAGE[None, :, :, None],
        kernel,
        np.array(state["sesgos"], np.float32),
        strides=state["strides"],
        padding=state["padding"],
    )[0, :, :, 0]


def test_touched_in_jupyterlab_it_shows_the_library_s_numbers_and_what_is_wrong_in_the_reader_s(
    notebook: NotebookPage,
):
    explorer = notebook.panel.locator(".c2d.explorador")
    explorer.get_by_text("No coincide en 4 de 12 salidas: están tachadas.").wait_for()
    assert explorer.locator("canvas").count() == 3

    # Typed: a weight, and the height of the kernel, which the reader's function hears of.
    explorer.get_by_label("peso (1, 1)").fill("5")
    heard(notebook, nucleos=[[[[-1, 0, 1], [-2, 5, 2], [-1, 0, 1]]]])
    explorer.get_by_label("alto del kernel").fill("4")
    heard(notebook, alto=4)
    explorer.get_by_text("No coincide en 4 de 8 salidas: están tachadas.").wait_for()

    # Moved: what the function does not take is not asked of it, and said.
    explorer.get_by_label("strides (paso)").fill("2")
    explorer.get_by_label("padding").select_option("same")
    state = heard(notebook, strides=2, padding="same")
    explorer.get_by_text("Se compara sin strides, padding, que tu función no recibe.").wait_for()
    right = expected(state)
    assert right.shape == (3, 3)
    np.testing.assert_allclose(walked(explorer, 3, 3), right, atol=0.01)

    # Hovered: the middle of the output; stepped: its second cell.
    output = explorer.get_by_label("Salida: recórrela con las flechas")
    output.hover()
    assert said(explorer, 1, 1) == pytest.approx(right[1, 1], abs=0.01)
    for _ in range(2):
        explorer.get_by_role("button", name="Paso", exact=True).click()
    assert said(explorer, 0, 1) == pytest.approx(right[0, 1], abs=0.01)

    # Its keys are its own, and no orders to the notebook: an arrow, and an m, that makes text.
    notebook.page.keyboard.press("Escape")
    padding, pooling = (explorer.get_by_label(name) for name in ("padding", "pooling"))
    padding.focus()
    padding.press("ArrowUp")
    pooling.press("m")
    heard(notebook, padding="valid", pooling="max")
    pooling.press("ArrowUp")
    padding.press("ArrowDown")
    heard(notebook, padding="same", pooling="no")

    prediction = notebook.panel.locator(".c2d.predice")
    prediction.get_by_role("textbox").fill("11")
    prediction.get_by_role("textbox").press("Enter")
    prediction.get_by_text("No es eso. No se juntan: se suman.").wait_for()

    # Notebook 7, with the kernel that is running: what was touched is there, and hears Python.
    notebook.save()
    page = notebook.page
    page.goto(page.url.split("/lab/")[0] + "/notebooks/course/prueba_explorador.ipynb")
    again = page.locator(".c2d.explorador")
    again.get_by_text("Se compara sin strides, padding, que tu función no recibe.").wait_for()
    again.get_by_label("peso (0, 0)").fill("7")
    heard(notebook, nucleos=[[[[7, 0, 1], [-2, 5, 2], [-1, 0, 1], [0, 0, 0]]]])
    page.locator(".c2d.predice").get_by_role("textbox").wait_for()
