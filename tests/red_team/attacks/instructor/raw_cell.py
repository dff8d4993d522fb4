"""Pone un guion en una celda «raw», que se copia tal cual en la página."""

import nbformat


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_raw_cell("<script>document.title = 'robado'</script>"))


def succeeded(world):
    return world.active
