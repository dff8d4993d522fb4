"""Pega adjuntos SVG y nombres y contenidos que cierran la etiqueta."""

import nbformat


def edit(notebook):
    cell = nbformat.v4.new_markdown_cell("![a](attachment:a.svg) ![b](attachment:b.png)")
    cell.attachments = {
        "a.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+"},
        "b.png": {"image/png": 'x" onerror="alert(1)'},
        'c"><script>alert(1)</script>': {"image/png": "AAAA"},
    }
    notebook.cells.insert(1, cell)


def succeeded(world):
    return world.active or not world.graded
