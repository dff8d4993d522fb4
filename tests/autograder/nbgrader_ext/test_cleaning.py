"""What students write reaches a terminal, a page or a spreadsheet as text that does nothing."""

from __future__ import annotations

import json

import pytest

from autograder.nbgrader_ext.safe_markdown import safe_html
from autograder.submission.notebook_reader import read_notebook
from autograder.submission.outputs import clean_outputs, is_base64, one_line

PIXEL = "iVBORw0KGgo="


@pytest.mark.parametrize(
    "text",
    ["a\x1b[2Jb", "a\x1b]0;título\x07b", "a\x00b", "a\x9bb", "a\u202eb", "a\u200bb", "a\x7fb"],
)
def test_one_line_has_no_control_characters(text):
    clean = one_line(f"{text}\nc")
    assert clean.isprintable()
    assert clean.endswith("b c")


def read(**cell):
    (clean,) = read_notebook(json.dumps({"nbformat": 4, "cells": [cell]}).encode()).cells
    return clean


@pytest.mark.parametrize("kind", ["raw", "html", None])
def test_cells_of_another_kind_are_text_to_be_seen(kind):
    """A raw one is copied as it is into a page."""
    clean = read(cell_type=kind, source="<script>alert(1)</script>\n<b>")
    assert clean.cell_type == "markdown"
    assert all(line.startswith("    ") for line in clean.source.splitlines())
    assert "<script" not in safe_html(clean.source)


def test_of_attachments_only_pictures_are_kept():
    clean = read(
        cell_type="markdown",
        source="![](a.png)",
        attachments={
            "a.png": {"image/png": PIXEL},
            "b.svg": {"image/svg+xml": "PHN2Zz4="},
            "c.png": {"image/png": '"><script>'},
            "d.html": {"text/html": "PGI+"},
            '"><script>': {"image/png": PIXEL},
        },
    )
    assert clean.attachments == {"a.png": {"image/png": PIXEL}}


@pytest.mark.parametrize("text", ['" onerror="x', "<svg>", "data:,", "é"])
def test_what_ends_an_attribute_is_no_base64(text):
    assert is_base64(PIXEL + "\n")
    assert not is_base64(text)


def test_of_outputs_only_text_and_pictures_are_kept():
    class Cell:
        outputs = [  # noqa: RUF012
            {
                "output_type": "display_data",
                "data": {
                    "text/plain": "hola",
                    "text/html": "<script>alert(1)</script>",
                    "application/javascript": "alert(1)",
                    "image/svg+xml": "PHN2Zz4=",
                    "image/png": '"><script>alert(1)</script>',
                    "image/jpeg": PIXEL,
                },
            },
            "no es una salida",
        ]

    clean_outputs(Cell)
    (kept,) = Cell.outputs
    assert dict(kept.data) == {"text/plain": "hola", "image/jpeg": PIXEL}


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://ejemplo.org'></iframe>",
        "<form action=/><input name=x></form>",
        "![](https://ejemplo.org/espia.png)",
        "<div class='alert' style='position:fixed'>x</div>",
        r"$\href{javascript:alert(1)}{x}$",
    ],
)
def test_markdown_only_shows(source):
    page = safe_html(source).lower()
    tags = ("<script", "<svg", "<iframe", "<form", "<input", "style=", "onerror", "onload")
    acts = ('javascript:alert(1)"', "data:text", 'src="http', 'class="alert', r"\href")
    assert not [words for words in (*tags, *acts) if words in page], page


def test_a_written_answer_keeps_what_it_says():
    page = safe_html("**Negrita**, `código`, $a < b$ y [un enlace](https://ejemplo.org)")
    for words in ("<strong>Negrita</strong>", "<code>código</code>", 'href="https://ejemplo.org"'):
        assert words in page
