"""Trae salidas y metadatos ya escritos: guiones, widgets, un título con etiquetas."""

import nbformat


def edit(notebook):
    notebook.metadata["title"] = "</title><script>alert(1)</script>"
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"a": "</script><script>alert(1)"}}
    }
    cell = nbformat.v4.new_code_cell("pass")
    cell.outputs = [
        nbformat.v4.new_output("display_data", {"text/html": "<script>alert(1)</script>"})
    ]
    notebook.cells.insert(1, cell)


def succeeded(world):
    return world.active
