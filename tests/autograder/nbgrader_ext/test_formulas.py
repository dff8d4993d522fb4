"""Formulas are drawn by the browser alone, and what a student's TeX asks for is not done."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.nbgrader_ext.formulas import MAX_TEX, mathml
from autograder.nbgrader_ext.renderer import Renderer
from autograder.nbgrader_ext.safe_markdown import safe_html

ROOT = Path(__file__).parents[3]
FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n]+)\$", re.DOTALL)


def test_every_formula_of_the_units_is_drawn():
    found = [
        match
        for path in ROOT.glob("source/*/*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
        for match in FORMULA.finditer(cell.source)
    ]
    assert len(found) > 50
    for match in found:
        assert mathml(match["display"] or match["inline"], bool(match["display"])), match[0]


def test_a_formula_is_what_it_says():
    assert mathml(r"\frac{n}{s}", display=False) == (
        '<math display="inline"><mrow><mfrac><mrow><mi>n</mi></mrow><mrow><mi>s</mi></mrow>'
        "</mfrac></mrow></math>"
    )
    page = safe_html(r"El tamaño es $\lceil n / s \rceil$, y $$\sigma \ge 1$$")
    assert "<mi>⌈</mi><mi>n</mi><mo>/</mo>" in page
    assert '<math display="block"><mrow><mi>σ</mi><mo>≥</mo>' in page
    assert "$" not in page


HOSTILE = {
    "script": r"\text{<script>alert(1)</script>}",
    "entities": r"\text{&lt;img src=x onerror=alert(1)&gt;}",
    "link": r"\href{javascript:alert(1)}{x}",
    "style": r"\style{position:fixed}{x}",
    "class": r"\class{nota}{x}",
    "colour": r"\color{red;background:url(//malo.example)}{x}",
    "quotes": r"\color{" + '"onload=alert(1) x="}{x}',
    "far away": r"x\hspace{99999em}y",
}


@pytest.mark.parametrize("tex", HOSTILE.values(), ids=HOSTILE)
def test_only_what_is_known_is_written(tex):
    for page in (safe_html(f"${tex}$"), mathml(tex, display=False) or ""):
        tags = re.findall(r"<[^>]*>", page)
        for tag in tags:
            assert re.fullmatch(r'</?[a-z]+(?: (?:display|width|lspace)="[a-z0-9.]{1,8}")*>', tag)
        assert not {"<script>", "<img>"} & set(tags)


@pytest.mark.parametrize(
    "tex", [r"\frac{", "^" * 50, "{" * 900, r"\left(" * 300, "x" * (MAX_TEX + 1), "xy" * 1000]
)
def test_what_is_no_formula_is_read_as_it_was_written(tex):
    assert mathml(tex, display=True) is None
    assert tex[:3] in safe_html(f"Antes $${tex}$$")


def test_in_a_pictures_description_it_is_words():
    page = safe_html("![el mapa $x<1$](attachment:a.png)")
    assert 'alt="el mapa $x&lt;1$"' in page
    assert "<math" not in page


def test_what_is_in_every_notebook_is_rendered_once():
    renderer = Renderer()
    try:
        first, _ = renderer.render("markdown", "**Recibe** $x$", seconds=60)
        renderer._process.kill()
        renderer._process.wait()
        assert renderer.render("markdown", "**Recibe** $x$", seconds=60) == (first, 0.0)
        assert "<math" in first
    finally:
        renderer.close()
