"""The explorer inside JupyterLab: Python's state, the reader's function, and what it marks."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Page

CELLS = (
    "import numpy as np\nfrom conv2d_lib.explorer import Explorador, Predice",
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
    "explorador = Explorador(np.arange(30.0).reshape(5, 6), funcion=conv2d)\nexplorador",
    "Predice('¿Cuánto es 1 + 1?', 2, 'Se suman.', replicas={11: 'No se juntan: se suman.'})",
    "# para después",
)

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@pytest.fixture(scope="module")
def notebook(course_copy, serving):
    path = course_copy / "course" / "prueba_explorador.ipynb"
    cells = [new_code_cell(text) for text in CELLS]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    with serving(course_copy, "make lab") as address:
        yield f"{address}/lab/tree/course/{path.name}"


def test_the_reader_s_function_is_drawn_beside_the_right_one_with_what_differs(
    page: Page, notebook: str
):
    page.goto(notebook)
    page.get_by_text("Explorador(np.arange").first.wait_for()
    # What is run before the kernel is there may be forgotten.
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first.wait_for()
    page.locator(".jp-Notebook .jp-Cell").nth(0).click()
    for _ in CELLS[:-1]:
        page.keyboard.press("Shift+Enter")
    explorer = page.locator(".c2d.explorador")
    explorer.get_by_text("No coincide en 4 de 12 salidas: están tachadas.").wait_for()
    assert explorer.locator("canvas").count() == 3

    # What the reader types reaches Python, and what it answers comes back.
    explorer.get_by_label("alto del kernel").fill("5")
    explorer.get_by_text("No coincide en 4 de 4 salidas: están tachadas.").wait_for()
    explorer.get_by_label("padding").select_option("same")
    explorer.get_by_text("La forma no coincide: se esperaba 5×6×1 y llegó 1×4×1.").wait_for()

    page.locator(".jp-Notebook .jp-Cell").nth(4).click()
    page.keyboard.type("\nprint(explorador.estado['alto'], explorador.estado['padding'])")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("5 same", exact=True).wait_for()

    prediction = page.locator(".c2d.predice")
    prediction.get_by_role("textbox").fill("11")
    prediction.get_by_role("button", name="Responder").click()
    prediction.get_by_text("No es eso. No se juntan: se suman.").wait_for()
