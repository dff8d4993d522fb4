"""Pone fórmulas que MathJax convierte en enlaces y estilos."""

import nbformat

MARKDOWN = r"""
$\href{javascript:alert(1)}{x}$ $\mmlToken{mi}[href="javascript:alert(1)"]{x}$
$\style{position:fixed;top:0}{x}$ $\require{action}$ $&#92;href{javascript:alert(1)}{y}$
"""


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))


def succeeded(world):
    return world.active
