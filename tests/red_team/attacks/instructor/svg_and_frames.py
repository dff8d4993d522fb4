"""Pone SVG, marcos, formularios y estilos que tapan la página."""

import nbformat

MARKDOWN = """
<svg onload="alert(1)"><script>alert(1)</script></svg>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<form action="/formgrader"><input type=submit value="Poner 20"></form>
<style>body { display: none }</style><meta http-equiv="refresh" content="0;url=//x.invalid">
<math href="javascript:alert(1)">CLICK</math><object data="x.swf"></object>
"""


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))


def succeeded(world):
    return world.active
