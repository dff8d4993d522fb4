"""The report of thousands, in a browser: found, sorted and read in batches, with no server."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from autograder.report.page import render_html
from autograder.report.student_rows import StudentRow, UnitMark

UNITS = ["1_convolucion", "4_padding"]
COUNT = 3000
HOSTILE = "<img src=x onerror=document.title='dentro'>"


def student(number: int) -> StudentRow:
    name = {7: "Íñigo Ñandú", 8: HOSTILE}.get(number, f"estudiante {number:04d}")
    points = float(number % 21)
    trouble = UnitMark(UNITS[1], 0, 20, ("no es un cuaderno",), problem=number == 2500)
    unread = UnitMark(UNITS[1], 3, 20, (), pending=number == 2600)
    second = trouble if number == 2500 else unread
    groups = (f"Sección {number % 3}", *(['"Los <b>raros</b>"'] if number in (7, 8) else []))
    marks = (UnitMark(UNITS[0], points, 20, ()), second)
    return StudentRow(name, marks, points, 40, "", groups=groups if number % 100 else ())


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("informe") / "index.html"
    path.write_text(render_html(UNITS, [student(n) for n in range(COUNT)], []), encoding="utf-8")
    return path.as_uri()


def seen(page: Page) -> list[str]:
    """The names of the students that can be seen, in their order."""
    found = page.locator(".student:visible th").all_inner_texts()
    return [text.splitlines()[0] for text in found]


def test_a_class_of_thousands_is_searched_sorted_and_read_in_batches(page: Page, report):
    page.goto(report)
    first = seen(page)
    assert first[:2] == ["estudiante 2500", "estudiante 2600"]  # What asks for attention.
    assert len(first) == 100
    expect(page.locator("output")).to_have_text("Se ven 100 de 3000 que hay así.")

    page.get_by_role("button", name="Ver 100 más").click()
    assert len(seen(page)) == 200

    # By keyboard one goes on with the first of the new ones, and not below them all.
    page.get_by_role("button", name="Ver 100 más").press("Enter")
    focused = "document.activeElement.closest('.student')?.querySelector('th').innerText"
    assert page.evaluate(focused).startswith(seen(page)[200])

    page.get_by_label("Buscar").fill("inigo nandu")
    assert seen(page) == ["Íñigo Ñandú"]
    page.get_by_label("Buscar").fill("nadie se llama así")
    assert seen(page) == []
    expect(page.locator("output")).to_have_text("Nadie: prueba con otra palabra.")

    page.get_by_label("Buscar").fill("")
    page.get_by_label("Orden").select_option("de más a menos puntos")
    assert seen(page)[0] == "estudiante 0020"
    page.get_by_label("Orden").select_option("de menos a más puntos")
    assert seen(page)[:2] == ["estudiante 0000", "estudiante 0021"]
    page.get_by_label("solo lo que pide atención").check()
    assert sorted(seen(page)) == ["estudiante 2500", "estudiante 2600"]
    page.get_by_label("Buscar").fill("inigo")  # It is not the word that is wrong.
    expect(page.locator("output")).to_have_text("Nadie cumple a la vez todo lo que pides.")


def test_one_group_is_seen_alone_and_searched(page: Page, report):
    page.goto(report)
    page.locator("[name=grupo]").select_option(label="Sección 2 (990)")
    expect(page.locator("output")).to_have_text("Se ven 100 de 990 que hay así.")
    page.get_by_label("Buscar").fill("0002")
    assert len(seen(page)) == 1
    expect(page.locator("output")).to_have_text("Se ve 1 de 3000.")
    page.get_by_label("Buscar").fill("0003")
    assert seen(page) == []
    page.get_by_label("Buscar").fill("")
    page.locator("[name=grupo]").select_option(label='"Los <b>raros</b>" (2)')
    assert len(seen(page)) == 2
    page.locator("[name=grupo]").select_option("sin grupo")
    expect(page.locator("output")).to_have_text("Se ven 30 de 3000.")


def test_on_paper_everybody_is_there_and_the_tools_are_not(page: Page, report):
    page.goto(report)
    page.emulate_media(media="print")
    expect(page.locator(".student:visible")).to_have_count(COUNT)  # At its next drawing.
    expect(page.get_by_label("Buscar")).to_be_hidden()


def test_without_scripts_everybody_is_seen(new_context, report):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(report)
    assert page.locator(".student:visible").count() == COUNT
    expect(page.get_by_text("Buscar")).to_be_hidden()


def test_a_name_that_would_run_is_a_name(page: Page, report):
    page.goto(report)
    page.get_by_label("Buscar").fill("onerror")
    assert seen(page) == [HOSTILE]
    assert page.title() == "Informe de la clase"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"t=1\">')")
    assert page.evaluate("typeof t") == "undefined"


def test_of_thousands_only_those_seen_are_built(page: Page, report):
    """What opening the page costs: the others are one text until they are asked for."""
    page.goto(report)
    assert page.locator(".student").count() == 100
    page.get_by_label("Buscar").fill("estudiante 29")
    assert page.locator(".student").count() == 100
    assert page.evaluate("document.querySelectorAll('*').length") < 3000


def test_where_something_stops_its_script_the_page_says_so(page: Page, report, tmp_path):
    stopped = tmp_path / "parado.html"
    with open(report.removeprefix("file://"), encoding="utf-8") as file:
        stopped.write_text(file.read().replace("sha256-", "sha256-x"), encoding="utf-8")
    page.goto(stopped.as_uri())
    expect(page.get_by_text("Si no aparece")).to_be_visible()
    page.goto(report)
    expect(page.get_by_text("Si no aparece")).to_be_hidden()


def test_it_is_read_in_the_dark_and_printed_on_white(page: Page, report):
    page.emulate_media(color_scheme="dark")
    page.goto(report)
    dark = "rgb(21, 27, 33)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        asked = ["color-contrast", "region", "landmark-one-main"]
        found = Axe().run(page, options={"runOnly": asked}).response
        assert [one["nodes"][:3] for one in found["violations"]] == []
        assert found["passes"]
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
