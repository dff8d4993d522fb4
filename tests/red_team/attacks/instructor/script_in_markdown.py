"""Pone un guion en una celda de texto."""

import nbformat

MARKDOWN = """
Mi respuesta. <script>document.title = "robado"</script>
<script src="//ejemplo.invalid/x.js"></script>
"""


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))


def succeeded(world):
    return world.active
