"""Celdas nuevas como las de nbformat, que compara con su esquema cada una que hace.

That took four fifths of reading a submission. What goes in here is text already, and nothing else.
"""

from __future__ import annotations

from nbformat import NotebookNode


def code_cell(source: str, cell_id: str) -> NotebookNode:
    """A code cell that has not been run."""
    return NotebookNode(
        id=cell_id,
        cell_type="code",
        metadata=NotebookNode(),
        execution_count=None,
        source=source,
        outputs=[],
    )


def markdown_cell(source: str, cell_id: str) -> NotebookNode:
    return NotebookNode(id=cell_id, cell_type="markdown", source=source, metadata=NotebookNode())
