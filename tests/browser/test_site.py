"""The course's site, opened from its folder without a network: read, searched and touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import conv2d_lib as cl
from autograder.checks import UNITS, checks_of

ROOT = Path(__file__).parents[2]
EXECUTED = ("0_bienvenida", "1_convolucion")
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with two lessons executed; a warning of Sphinx is an error."""
    folder = tmp_path_factory.mktemp("sitio") / "html"
    command = [sys.executable, "-m", "sitio", "--destino", str(folder), "--ejecutar", *EXECUTED]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"CURSO_DATOS_CORTOS": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture
def visit(new_context, site: Path) -> Iterator:
    """Open a page of the site offline; what it asks of another machine, or breaks, is a failure."""
    pages = []

    def opened(name: str, width: int = 1280, scheme: str = "light") -> Page:
        size = {"width": width, "height": 900}
        page = new_context(viewport=size, color_scheme=scheme, offline=True).new_page()
        pages.append(page)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda asked: page.problems.extend(_outside(asked.url)))
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield opened
    for page in pages:
        assert page.problems == []


def _outside(url: str) -> list[str]:
    return [] if url.startswith(("file:", "data:", "blob:")) else [url]


def test_the_explorer_of_the_front_page_computes_what_the_library_does(visit):
    page = visit("index")
    weight = page.get_by_label("peso (0, 0)")
    weight.fill("4")
    weight.press("Enter")
    image, output, planes = page.evaluate(
        """() => { const { image, state } = document.querySelector('.curso-widget').vista;
        return [[[image.h, image.w, image.c], [...image.data]],
                document.querySelector('.curso-widget').vista.numbers(), state.nucleos]; }"""
    )
    kernel = np.transpose(planes, (2, 3, 1, 0))
    assert kernel[0, 0, 0, 0] == 4
    x = np.reshape(image[1], (1, *image[0]))
    np.testing.assert_allclose(output, cl.conv2d(x, kernel)[0, ..., 0], atol=1e-5)


def test_a_lesson_shows_what_its_cells_give_and_offers_its_notebook(visit, site):
    page = visit("course/1_convolucion")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator(".cell_output").count() > 5
    offered = page.get_by_text("Descarga este cuaderno").first
    link = offered.evaluate("el => el.closest('a').href")
    handed = Path(re.sub(r"^file://", "", link))
    assert handed.read_bytes() == (ROOT / "course" / "1_convolucion.ipynb").read_bytes()


@pytest.mark.parametrize("width", [390, 1280])
def test_by_keyboard_nobody_goes_where_nothing_is_seen(visit, width):
    """The menus of a narrow page are folded beyond its edges, with their links."""
    page = visit("docs/moodle", width)
    page.add_style_tag(
        content="* { transition: none !important; scroll-behavior: auto !important }"
    )
    where = """() => {
        const { left, right, width } = document.activeElement.getBoundingClientRect();
        const { outlineStyle } = getComputedStyle(document.activeElement);
        return [left >= 0 && right <= innerWidth && width > 0 && outlineStyle !== "none",
                document.activeElement.outerHTML.slice(0, 200)];
    }"""
    for first in (".sidebar-drawer a", "article a >> nth=-1", ".toc-drawer a"):
        page.locator(first).first.evaluate("el => el.focus({ preventScroll: true })")
        for _ in range(3):
            page.keyboard.press("Tab")
            if not page.evaluate("document.activeElement === document.body"):  # The page's end.
                seen, which = page.evaluate(where)
                assert seen, which


def test_what_surrounds_a_page_is_in_spanish_too(visit):
    page = visit("course/1_convolucion")
    around = "() => { document.querySelector('article').remove(); return document.body.outerHTML; }"
    rest = page.evaluate(around)
    assert "Siguiente" in rest
    english = (
        r">\s*(Next|Previous|Contents|Back to top|On this page|Menu|Skip to \w+)\s*<|=\"Toggle "
    )
    assert re.findall(english, rest) == []


def test_a_formula_keeps_its_bracket_and_a_wide_figure_is_moved_on_a_phone(visit):
    page = visit("course/1_convolucion", width=390)
    loose = """() => [...document.querySelectorAll("span.math")].filter((el) =>
        /^[.,;:)]/.test(el.nextSibling?.data ?? "") && !el.parentElement.style.whiteSpace).length"""
    assert page.locator("span.math").count() > 5
    assert page.evaluate(loose) == 0
    figure = page.locator(".cell_output img.ampliada").first
    figure.wait_for()
    box = figure.locator("xpath=ancestor::div[contains(@class, 'output')][1]")
    assert figure.evaluate("el => el.clientWidth") > 390
    assert box.evaluate("el => el.scrollWidth > el.clientWidth && el.clientWidth < 390")
    assert box.get_attribute("tabindex") == "0"


def test_on_a_phone_a_name_in_a_table_is_whole_and_the_table_is_moved_sideways(visit):
    page = visit("course/a_keras_conv2d", width=390)
    names = page.locator("td code .pre")
    assert names.count() > 20
    assert (
        names.evaluate_all("all => all.filter((el) => el.getClientRects().length > 1).length") == 0
    )
    table = page.locator(".table-wrapper").first
    assert table.evaluate("el => el.scrollWidth > el.clientWidth && el.clientWidth < 390")
    assert table.get_attribute("tabindex") == "0"


def test_the_code_of_a_question_is_not_on_the_page(visit):
    page = visit("course/1_convolucion")
    assert page.locator("[data-widget=predice]").count() > 5
    assert "Predice(\n" not in page.locator("article").evaluate("el => el.textContent")


def test_a_prediction_answers_on_the_page_and_hides_the_answer_until_then(visit):
    question = visit("course/1_convolucion").locator("[data-widget=predice]").first
    shown = question.get_by_role("button", name="Ver la respuesta")
    assert shown.is_disabled()
    for typed, said in (("6", "No es eso. El último peso es −1"), ("4", "Correcto.")):
        question.get_by_role("textbox").fill(typed)
        question.get_by_role("button", name="Responder").click()
        question.get_by_role("status").get_by_text(said).wait_for()


def test_formulas_are_drawn_without_the_network(visit):
    page = visit("course/1_convolucion")
    page.locator("mjx-container").nth(5).wait_for()


def test_a_search_in_spanish_finds_the_lesson(visit):
    page = visit("search")
    page.goto(page.url + "?q=relleno")
    # They come one after another.
    page.locator("#search-results li a[href*='4_padding']").first.wait_for()


@pytest.mark.parametrize("unit", UNITS)
def test_each_mistake_has_a_place_that_opens_from_its_address(visit, unit):
    said = {
        mistake.id
        for check in checks_of(unit).values()
        for mistake in (*getattr(check, "misconceptions", ()), *getattr(check, "mistakes", ()))
    }
    page = visit(f"errores/{unit}")
    names = page.locator("dt strong").all_text_contents()
    assert sorted(names) == sorted(said)
    assert page.evaluate("document.documentElement.scrollHeight") < 4000  # folded
    last = page.locator("dt").last
    assert not last.is_visible()
    place = last.evaluate("el => el.id || el.closest('dl').previousElementSibling?.id || "
                          "el.closest('[id]').id")  # fmt: skip
    page.evaluate("place => { location.hash = place }", place)
    last.wait_for()


def test_the_page_of_mistakes_leads_to_each_function_and_the_downloads_to_each_unit(visit):
    page = visit("errores")
    links = page.locator("article table a[href*='#']")
    assert links.count() > 20
    links.last.click()
    page.wait_for_url("**#*")
    expect(page.locator(page.evaluate("location.hash"))).to_be_visible()
    page = visit("course/descargas")
    assert page.locator("a.download").count() == 5


@pytest.mark.parametrize(
    "name", ["index", "course/1_convolucion", "errores", "errores/4_padding", "referencia/layers"]
)
def test_it_is_read_by_everyone(visit, name):
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = visit(name, width, scheme)
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        bad = [
            (v["id"], [n["target"] for n in v["nodes"]][:3])
            for v in found
            if v["impact"] in SERIOUS
        ]
        assert bad == []
