"""What a notebook may weigh, and write: its outputs never cost the whole its grading."""

from __future__ import annotations

import base64
import json

import pytest
from classroom import POINTS, solved
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_output

from autograder.common.limits import Limits
from autograder.submission.execution import MAX_NOTES, execute
from autograder.submission.inline_pictures import MAX_PICTURES
from autograder.submission.lean_json import NotLean, TooManyPieces, without_outputs
from autograder.submission.notebook_reader import Unreadable, read_notebook
from autograder.submission.outputs import clean_outputs, outputs_size

PNG = base64.b64encode(b"\x89PNG" * 50_000).decode()
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["outputs", "source", "metadata", '"outputs": [', "\\", "ñ\U0001f600"]),
        inner,
        max_size=4,
    ),
    max_leaves=15,
)


def _emptied(value, top=True):
    if isinstance(value, list):
        return [_emptied(one, False) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: None if name == "outputs" or (top and name == "metadata") else _emptied(inner, False)
        for name, inner in value.items()
    }


@given(value=_VALUES, ascii_only=st.booleans(), indent=st.sampled_from([None, 1]))
def test_leaving_outputs_unread_is_reading_all_and_leaving_them_out(value, ascii_only, indent):
    tree = {"cells": value}
    data = json.dumps(tree, ensure_ascii=ascii_only, indent=indent).encode()
    assert json.loads(without_outputs(data)) == _emptied(tree)


@pytest.mark.parametrize(
    "data", [b'{"outputs": [1, 2', b'{"outputs": "a', b'{"a": "b\\"', b'{"outputs": {"a": [}']
)
def test_what_does_not_close_is_not_lean(data):
    with pytest.raises(NotLean):
        without_outputs(data)


def test_millions_of_pieces_are_not_followed():
    with pytest.raises(TooManyPieces):
        without_outputs(b'{"outputs": ' + b"[" * 4_000_000)
    with pytest.raises(Unreadable, match="demasiados datos en sus salidas"):
        read_notebook(b'{"outputs": ' + b"[" * 4_000_000)


def notebook_bytes(*cells, **fields) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": list(cells), **fields}).encode()


def test_a_big_notebook_that_is_nearly_all_outputs_is_read():
    shown = [{"output_type": "display_data", "data": {"image/png": PNG, "text/html": '"[{' * 999}}]
    cells = [
        {"cell_type": "code", "source": [f"x = {n}\n", '"outputs": ['], "outputs": shown * 10}
        for n in range(12)
    ]
    widgets = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": PNG * 4}}}
    data = notebook_bytes(*cells, metadata=widgets)
    assert len(data) > 21 << 20
    notebook = read_notebook(data)
    assert [cell.source for cell in notebook.cells] == [f'x = {n}\n"outputs": [' for n in range(12)]


@pytest.mark.parametrize(
    "text",
    [
        "Antes ![mapa](data:image/png;base64,@) después",
        'Antes <img src="data:image/png;base64,@" width="300"> después',
        "Antes ![][imagen1] después\n\n[imagen1]: <data:image/png;base64,@>",
    ],
    ids=["Markdown", "HTML", "by reference"],
)
def test_a_picture_inside_the_text_is_attached_and_does_not_count(text):
    picture = PNG * 4
    cell = {"cell_type": "markdown", "source": text.replace("@", picture)}
    assert len(picture) > 1 << 20
    (read,) = read_notebook(notebook_bytes(cell)).cells
    assert read.attachments == {"imagen-1.png": {"image/png": picture}}
    assert read.source == text.replace("data:image/png;base64,@", "attachment:imagen-1.png")


def test_pictures_beyond_measure_are_left_out_and_it_is_said():
    notes: list[str] = []
    one = {"cell_type": "markdown", "source": f"![a](data:image/png;base64,{PNG * 4}) hola"}
    cells = read_notebook(notebook_bytes(*[one] * 12), notes).cells
    kept = sum(len(one.get("attachments", {})) for one in cells)
    assert kept == MAX_PICTURES // len(PNG * 4)
    assert notes == [f"sus imágenes pasan de lo que cabe: {12 - kept} no se guardan"]
    assert all(cell.source.endswith("hola") for cell in cells)


def test_a_written_cell_beyond_measure_is_cut_and_it_is_said():
    notes: list[str] = []
    (cell,) = read_notebook(
        notebook_bytes({"cell_type": "markdown", "source": "é" * (2 << 20)}), notes
    ).cells
    assert len(cell.source) == 1 << 20
    assert notes == ["su celda 1 pasa de 1 MB de texto: se guarda hasta ahí"]


def test_of_what_a_carriage_return_wrote_over_the_last_stays():
    cell = new_code_cell(
        "1",
        outputs=[
            new_output("stream", text="  0%\r 50%\r"),
            new_output("stream", text="100%\r\nlisto\n\r" + "a" * 100_000),
        ],
    )
    clean_outputs(cell)
    assert [out.text for out in cell.outputs] == ["100%\nlisto\n" + "a" * 100_000]


def test_terminal_sequences_but_colours_are_not_kept():
    cell = new_code_cell("1", outputs=[new_output("stream", text="\x1b[2J\x1b[1mx\x1b[0m\x1b]0;y")])
    clean_outputs(cell)
    assert cell.outputs[0].text == "\x1b[1mx\x1b[0m]0;y"


@pytest.fixture(scope="module")
def talkative():
    notebook = solved()
    show = f"from IPython.display import Image, display\nraw = bytes({len(PNG) // 2})\n"
    show += "display({'image/png': '" + "A" * 8000 + "'}, raw=True)\nprint('visto')\n1 / 0"
    for _ in range(60):
        notebook.cells.insert(2, new_code_cell(show))
    limits = Limits(notebook_output_bytes=80_000)
    return execute(notebook, limits, isolated=False), limits


def test_a_notebooks_outputs_have_a_measure_and_marks_are_kept(talkative):
    execution, limits = talkative
    assert {c.check_id.partition(".")[2]: c.points for c in execution.checks} == POINTS
    graded = [c for c in execution.notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert all("✔" in cell.outputs[0].text for cell in graded)
    code = [c for c in execution.notebook.cells if c.cell_type == "code"]
    assert sum(map(outputs_size, code)) < 3 * limits.notebook_output_bytes


def test_what_was_not_kept_is_said_once_and_in_each_cell(talkative):
    execution, _ = talkative
    (note,) = (n for n in execution.notes if "no se guardan" in n)
    assert note.startswith("el cuaderno pasa de 0 MB de salidas: desde la celda")
    last = [c for c in execution.notebook.cells if c.source.endswith("1 / 0")][-1]
    assert "no se guardan" in last.outputs[0].text
    assert last.outputs[-1].ename == "ZeroDivisionError"
    assert len(execution.notes) <= MAX_NOTES + 1
