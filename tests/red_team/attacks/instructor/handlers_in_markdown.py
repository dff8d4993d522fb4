"""Pone imágenes y etiquetas con manejadores de eventos."""

import nbformat

MARKDOWN = """
<img src=x onerror="document.title='robado'"><details open ontoggle="alert(1)">a</details>
<b onmouseover=alert(1)>pasa por aquí</b> <img src="https://ejemplo.invalid/espia.png">
"""


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))


def succeeded(world):
    return world.active
