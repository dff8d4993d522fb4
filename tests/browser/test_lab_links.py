"""``make lab`` in a browser: the course is the root, and lessons and units lead to each other."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
# Each unit, as a reader goes to it: from its lesson and back.
PAIRS = {
    "1_convolucion": "1_convolucion/convolucion.ipynb",
    "2_filtros": "2_filtros/filtros.ipynb",
    "3_mapas_de_caracteristicas": "3_mapas_de_caracteristicas/mapas.ipynb",
    "4_padding": "4_padding/padding.ipynb",
    "5_fashion_mnist": "5_fashion_mnist/tarea.ipynb",
}


@pytest.fixture(scope="module")
def lab(course_copy, serving):
    with serving(course_copy, "make lab") as address:
        yield address


def links(path: Path) -> list[str]:
    text = "\n".join(c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown")
    return re.findall(r"\]\(([^)\s#]+)\)", text)


@pytest.mark.parametrize("lesson", PAIRS)
def test_a_lesson_and_its_unit_link_to_each_other(lesson: str):
    assert f"../release/{PAIRS[lesson]}" in links(ROOT / "course" / f"{lesson}.ipynb")
    for version in ("source", "release"):
        back = links(ROOT / version / PAIRS[lesson])
        assert f"../../course/{lesson}.ipynb" in back, version


def test_it_opens_among_the_lessons_and_sees_the_rest_of_the_course(page: Page, lab: str):
    page.goto(lab)
    page.wait_for_url("**/lab/tree/course")
    files = page.locator(".jp-DirListing-content")
    files.get_by_text("0_bienvenida.ipynb").wait_for()
    page.locator(".jp-BreadCrumbs-home").click()
    files.get_by_text("release").wait_for()


def test_a_student_is_not_shown_what_only_a_grader_uses(page: Page, lab: str):
    page.goto(f"{lab}/lab/tree/course")
    page.locator(".lm-MenuBar-itemLabel").filter(has_text="Nbgrader").click()
    entries = page.locator(".lm-Menu-itemLabel")
    entries.get_by_text("Assignment List").wait_for()
    assert entries.filter(has_text=re.compile("Formgrader|Create|Course")).count() == 0
    assert page.locator('.jp-SideBar [title*="Create Assignment"]').count() == 0


def test_the_links_between_a_lesson_and_its_unit_open_notebooks(page: Page, lab: str):
    page.goto(f"{lab}/lab/tree/course/4_padding.ipynb")
    go_to(page, "../release/4_padding/padding.ipynb", "padding.ipynb")
    go_to(page, "../../course/4_padding.ipynb", "4_padding.ipynb")


def go_to(page: Page, link: str, notebook: str) -> None:
    """Click a link of the open notebook, and wait for the tab of the notebook it leads to."""
    shown = page.locator(f'.jp-NotebookPanel:not(.lm-mod-hidden) a[href*="{Path(link).name}"]')
    shown.first.wait_for(state="attached")
    shown.first.scroll_into_view_if_needed()
    shown.first.click()
    page.locator(f'.lm-TabBar-tab.jp-mod-current[title*="{notebook}"]').wait_for()


def test_links_are_words_and_look_like_links():
    """JupyterLab paints code as code, also inside a link: nobody sees that it can be clicked."""
    for lesson in (ROOT / "course").glob("*.ipynb"):
        for cell in nbformat.read(lesson, 4).cells:
            hidden = re.findall(r"\[`[^`\]]*`\]\(\.\./release[^)]*\)", cell.source)
            assert hidden == [], (lesson.name, cell.id)
