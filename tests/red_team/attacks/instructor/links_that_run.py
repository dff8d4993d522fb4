"""Pone enlaces que ejecutan: javascript:, data:, con entidades y tabuladores."""

import nbformat

MARKDOWN = """
[ver](javascript:alert(1)) <javascript:alert(1)> [b](data:text/html;base64,PHNjcmlwdD4=)
<a href="jav&#x09;ascript:alert(1)">c</a> [d](JaVaScRiPt&#58;alert(1)) [e][1]

[1]: javascript:alert(1)
"""


def edit(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(MARKDOWN))


def succeeded(world):
    return world.active
