"""A marked copy is written fast, and is what nbformat would have written."""

from __future__ import annotations

import copy

import nbformat
import pytest
from classroom import solved
from nbformat import v4

from autograder.gradebook.copies import as_bytes


@pytest.fixture
def marked():
    """With all that a marked copy may hold: outputs of each kind, pictures, odd letters."""
    notebook = solved()
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [
        v4.new_output("stream", name="stdout", text="uno\ndos\u2028tres\r\n\x0bñ 🙂"),
        v4.new_output("display_data", {"text/plain": "a\nb", "text/html": "<b>\n</b>"}),
        v4.new_output("execute_result", {"text/plain": "1", "image/png": "AAAA\n"}),
        v4.new_output("error", ename="E", evalue="v", traceback=["x\ny", ""]),
    ]
    code.execution_count = 3
    text = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    text.attachments = {"a.png": {"image/png": "AAAA"}}
    code.metadata.trusted = True
    notebook.metadata.signature = "de nadie"
    return notebook


def test_it_reads_as_what_nbformat_writes(marked):
    expected = nbformat.reads(nbformat.writes(copy.deepcopy(marked)), as_version=4)
    written = as_bytes(marked).decode()
    assert nbformat.reads(written, as_version=4) == expected
    assert "\n" not in written
    nbformat.validate(nbformat.from_dict(expected))
