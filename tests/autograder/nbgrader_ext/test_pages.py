"""One student's page never holds up another's: what reaches the renderers has a measure."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from autograder.nbgrader_ext import safe_pages
from autograder.nbgrader_ext.renderer import MAX_FAILURES, Renderer
from autograder.nbgrader_ext.safe_markdown import safe_html
from autograder.nbgrader_ext.safe_pages import LEFT_OUT, readable
from autograder.nbgrader_settings import configure

# Each kept a renderer of nbconvert's busy for seconds, or for ever.
CODE = {
    "blank lines": " \n" * 50_000 + "fin = 1",
    "tabs": "\t\n" * 50_000 + "fin = 1",
    "carriage returns": " \r" * 50_000 + "fin = 1",
    "blanks in long lines": (" " * 1900 + "\n") * 500 + "fin = 1",
    "one long line": " " * 500_000 + "\nfin = 1",
    "brackets": "(" * 50_000 + "\nfin = 1",
    "quotes": "'''\"\"\"" * 9000 + "\nfin = 1",
    "f-strings": 'f"{' * 15_000 + "\nfin = 1",
    "imports": "from . import " * 4000 + "\nfin = 1",
    "another language": "%%latex \n" + "\\" * 50_000 + "\nfin = 1",
}
MARKDOWN = {
    "display formulas": "\\\\[" * 6000,
    "brackets": "[" * 19_000,
    "links": "[a](" * 4700,
    "emphasis": "*a" * 9000,
    "backticks": "`" * 19_000,
    "tags": "<a " * 6000,
    "nested tags": "<b>" * 6000,
    "nested quotes": "> " * 9000,
    "environments": "\\begin{a}" * 2000,
    "dollars": "$a" * 9000,
}
WRITTEN = {
    "escapes": "<\x1b[" * 80_000,
    "colours": "\x1b[1;31mx" * 30_000,
    "numbers": "\x1b[" + "1;" * 100_000 + "m",
    "a return and a long line": "\r" + "a" * 200_000,
}


@pytest.fixture(scope="module")
def exporter(tmp_path_factory) -> HTMLExporter:
    config = configure(Config(), tmp_path_factory.mktemp("curso"))
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    return HTMLExporter(config=config)


@pytest.fixture
def hurry(monkeypatch):
    monkeypatch.setattr(safe_pages, "CELL_SECONDS", 0.3)
    monkeypatch.setattr(safe_pages, "PAGE_SECONDS", 1.0)


def page(exporter: HTMLExporter, *cells: NotebookNode) -> str:
    """Formgrader's page of a notebook with ``cells``."""
    resources = {
        "assignment_id": "u", "notebook_id": "n", "submission_id": "1", "index": 0, "total": 1,
        "base_url": "", "student": "x", "last_name": None, "first_name": None, "notebook_path": "",
    }  # fmt: skip
    return exporter.from_notebook_node(new_notebook(cells=list(cells)), resources=resources)[0]


def printed(text: str) -> NotebookNode:
    return new_code_cell("1", outputs=[new_output("stream", text=text)])


@pytest.mark.parametrize("source", CODE.values(), ids=CODE)
def test_no_code_holds_a_page(exporter, hurry, source):
    shown = page(exporter, new_code_cell(source), new_code_cell("ultima = 2"))
    assert "fin" in shown
    assert "ultima" in shown


@pytest.mark.parametrize("source", MARKDOWN.values(), ids=MARKDOWN)
def test_no_markdown_holds_a_page(exporter, hurry, source):
    shown = page(exporter, new_markdown_cell(f"Empieza {source}"), new_code_cell("ultima = 2"))
    assert "Empieza" in shown
    assert "ultima" in shown


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_no_output_holds_a_page(exporter, hurry, text):
    assert "ultima" in page(exporter, printed(text.replace("\r", "")), new_code_cell("ultima = 2"))


def test_a_notebook_of_many_such_cells_is_a_page_of_a_measure(exporter, hurry):
    cells = [new_code_cell("(\n" * 9000) for _ in range(40)]
    cells += [new_markdown_cell("\\\\[" * 6000) for _ in range(40)]
    cells += [printed(("<" * 1000 + "\n") * 100) for _ in range(40)]
    shown = page(exporter, *cells)
    assert LEFT_OUT in shown
    assert len(shown) < 8 << 20


def test_an_ordinary_page_is_as_it_was(exporter):
    picture = {"mapa 1.png": {"image/png": "aGk="}}
    shown = page(
        exporter,
        new_code_cell("def f(x):\n    return x\n\n\ny = f(1)"),
        new_markdown_cell("**Sí**, ![un mapa](attachment:mapa%201.png)", attachments=picture),
        printed("\x1b[1mnegrita\x1b[0m <b>"),
    )
    for words in (
        '<span class="k">def</span>',
        "<strong>Sí</strong>",
        'src="data:image/png;base64,aGk="',
        '<span class="ansi-bold">negrita</span> &lt;b&gt;',
    ):
        assert words in shown


def test_a_picture_shown_a_thousand_times_does_not_fill_the_page(exporter, monkeypatch):
    monkeypatch.setattr(safe_pages, "PAGE_PICTURES", 100_000)
    pictures = {"a.png": {"image/png": "A" * 40_000}}
    cell = new_markdown_cell("![x](attachment:a.png) " * 800, attachments=pictures)
    assert page(exporter, cell).count("A" * 40_000) == 2


def test_the_time_of_a_text_is_the_processors_and_not_that_of_who_else_uses_the_machine():
    renderer = Renderer()
    try:
        renderer.start()
        process = renderer._process.pid
        children = Path(f"/proc/{process}/task/{process}/children")
        stopped = int(children.read_text().split()[0])
        os.kill(stopped, signal.SIGSTOP)
        threading.Timer(1.0, os.kill, (stopped, signal.SIGCONT)).start()
        page, spent = renderer.render("markdown", "**sí**", seconds=0.6)
        assert "<strong>" in page
        assert spent < 0.6
    finally:
        renderer.close()


def test_a_text_that_takes_too_long_is_given_up_and_the_next_is_rendered():
    renderer = Renderer()
    try:
        assert renderer.render("markdown", "\\\\[" * 6000, seconds=0.05)[0] is None
        assert "<strong>" in renderer.render("markdown", "**sí**", seconds=60)[0]
        renderer._process.kill()  # By the system, say, for want of memory.
        renderer._process.wait()
        assert renderer.render("code", "x = 1", seconds=60)[0] is None
        assert "<span" in renderer.render("code", "x = 1", seconds=60)[0]
    finally:
        renderer.close()


def test_where_it_cannot_start_nobody_waits_for_it(monkeypatch):
    monkeypatch.setattr("sys.executable", "/no/existe/python")
    renderer = Renderer()
    for _ in range(MAX_FAILURES + 2):
        renderer.start()
        assert renderer.render("code", "x = 1", seconds=60)[0] is None
    monkeypatch.undo()
    assert renderer.render("code", "x = 1", seconds=60)[0] is None


def test_what_a_person_reads_has_few_blank_lines_and_no_endless_one():
    assert readable("a  \n\n\nb\r\nc") == "a  \n\n\nb\nc"
    assert readable(" \n" * 5000 + "x").endswith("4990 líneas en blanco más …]\nx")
    assert len(readable("x" * 100_000)) < 3000


@pytest.mark.parametrize(
    "source",
    [r"$\def\a{\a\a}\a$", r"$\newcommand{\frac}{0}$", r"$\let\frac\relax$", r"&#92;gdef\x{y}"],
)
def test_a_formula_defines_nothing_for_the_rest_of_the_page(source):
    """MathJax's definitions hold for the whole page, and one that doubles itself keeps it busy."""
    page = safe_html(source)
    assert not [name for name in (r"\def", r"\newcommand", r"\let", r"\gdef") if name in page]


def test_elements_do_not_stand_hundreds_deep():
    assert safe_html("<b>" * 90 + "x").count("<b>") > 80
    assert "<b>" not in safe_html("<b>" * 900 + "x")
