"""The report fits where it is read: from a phone to a desk, a browser measures it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from diagnosed import EXAMPLE, FLIPPED

from autograder.checks import UNITS as COURSE_UNITS
from autograder.judging.diagnosis.result import Table
from autograder.report.hardest import HardCheck
from autograder.report.histogram import histogram_svg
from autograder.report.misconceptions import InCheck, Misconceived
from autograder.report.page import render_html
from autograder.report.student_rows import StudentRow, UnitMark

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
UNITS = list(COURSE_UNITS)
WIDTHS = (1400, 1100, 870, 800, 390, 320)
NAMES = (
    "Ana Torres",
    "María del Carmen Rodríguez de la Borbolla y Fernández-Villaverde",
    "wolfeschlegelsteinhausenbergerdorff_2026_grupo_de_tarde",
)
REASON = (
    "no se cumple «los MLP se parecen a la CNN» (la CNN tiene 56330 parámetros y el MLP "
    "equivalente 118282: la diferencia es del 110 %, y se admite el 5 %), ni 2 criterios más"
)
REMARK = "5_fashion_mnist.construir_mlp_equivalente: " + "valores_" * 12 + " no es lo que esperaba"

# The frames are as wide as asked, where a window has a least width; and being of this page's own
# origin, its script sees them.
MEASURE = """
<script>onload = () => {
  document.title = JSON.stringify([...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument;
    const shown = selector => [...page.querySelectorAll(selector)]
      .filter(each => each.getClientRects().length);
    const cut = [...shown("td, th, p, li, caption")].filter(each => {
      const right = Math.max(each.getBoundingClientRect().right,
                             each.getBoundingClientRect().left + each.scrollWidth);
      return !each.matches(".unseen") && right > page.documentElement.clientWidth + 1;
    });
    const drawing = page.querySelector("svg").getBoundingClientRect();
    const outside = shown("svg text").filter(each => {
      const box = each.getBoundingClientRect();
      return box.left < drawing.left || box.right > drawing.right
          || box.top < drawing.top || box.bottom > drawing.bottom;
    });
    return {
      width: page.documentElement.clientWidth,
      needed: page.documentElement.scrollWidth,
      cut: cut.map(each => each.textContent.trim().slice(0, 40)),
      outside: outside.map(each => each.textContent),
      reason: shown(".remarks p")[0]?.getBoundingClientRect().width,
    };
  }));
}</script>
"""


WHERE = "3_mapas_de_caracteristicas.filtros_aprendidos"
STOPPED = replace(EXAMPLE, got=Table("y", "ValueError: operands could not be broadcast together"))
MISTAKES = tuple(
    Misconceived(
        f"un-identificador-largo-{i}",
        f"{REMARK}: olvidaste sumar el sesgo, uno por filtro",
        FLIPPED.section,
        NAMES,
        61,
        (InCheck(WHERE, NAMES, 61), InCheck("4_padding.conv2d", NAMES[:1], 60)),
        STOPPED if i % 2 else EXAMPLE,
    )
    for i in range(8)
)


def class_page(mistakes: Sequence[Misconceived] = ()) -> str:
    """A class of sixty with all that makes a row long: names, reasons, remarks open."""
    rows = []
    for index in range(60):
        marks = [
            UnitMark(unit, 14.41, 20, (REMARK,) * (index % 3), pending=True, problem=index % 2 == 0)
            for unit in UNITS
        ]
        acceptance = ("tarea aceptada, para revisar", f"tarea rechazada: {REASON}", "")[index % 3]
        if index % 5 == 0:
            marks[2:4] = [None, None]
        rows.append(StudentRow(f"{NAMES[index % 3]} {index}", tuple(marks), 57.64, 104, acceptance))
    hardest = [HardCheck(WHERE, 0.61, 23, 61, REMARK)]
    return render_html(UNITS, rows, hardest, mistakes).replace("<details>", "<details open>")


@pytest.fixture(scope="module")
def measures(tmp_path_factory) -> list[dict]:
    """What the browser measures of the page at each of WIDTHS, in their order."""
    if BROWSER is None:
        pytest.skip("no hay un Chromium que mida la página")
    # The page's own policy lets no script in; the frame takes the outer page's.
    shown = html.escape(class_page(MISTAKES))
    frames = "".join(
        f'<iframe width="{width}" height="800" srcdoc="{shown}"></iframe>' for width in WIDTHS
    )
    folder = tmp_path_factory.mktemp("navegador")
    page = folder / "page.html"
    page.write_text(f'<!doctype html><meta charset="utf-8">{frames}{MEASURE}', encoding="utf-8")
    return json.loads(title_after_running(page))


def title_after_running(page: Path) -> str:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom"]
    command = [BROWSER, *options, f"--user-data-dir={page.parent}/profile", page.as_uri()]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = re.search("<title>(.*?)</title>", run.stdout, re.DOTALL)
    if found is None:
        pytest.skip("este Chromium no arranca aquí")
    return html.unescape(found[1])


def test_nothing_is_cut_at_the_edge(measures):
    assert [each["width"] for each in measures] == list(WIDTHS)
    for each in measures:
        assert each["needed"] <= each["width"]
        assert each["cut"] == []


def test_the_numbers_of_the_histogram_stay_inside_it(measures):
    assert [each["outside"] for each in measures] == [[]] * len(WIDTHS)


def test_the_reason_of_a_refused_homework_has_room_to_be_read(measures):
    for each in measures:
        assert each["reason"] > 0.6 * min(each["width"], 1152)


def test_remarks_have_a_row_as_wide_as_the_marks():
    page = class_page()
    (row,) = set(re.findall(r'<tr class="remarks"><td colspan="(\d+)">', page))
    headings = re.search(r"Estudiante</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert int(row) == headings.count('<th scope="col"') == len(UNITS) + 2
    # A student with nothing to say has one row, and the name stands in it alone.
    assert page.count('<th scope="row" rowspan="2">') == page.count('<tr class="remarks">') == 40


def test_without_the_homework_there_is_no_column_for_it():
    marks = (UnitMark(UNITS[0], 20, 20, ("algo",)),)
    page = render_html(UNITS[:1], [StudentRow("Ana", marks, 20, 20, "")], [])
    assert ">Tarea<" not in page
    assert '<tr class="remarks"><td colspan="2">' in page


def test_every_table_has_a_caption_and_every_heading_says_its_scope():
    # The students' stands twice: empty, and whole as the text that its rows are made of.
    page = re.sub("<script>.*?</script>", "", class_page(), flags=re.DOTALL)
    assert page.count("<table") == page.count("<caption>") == 3
    assert page.count("<th ") == page.count("<th scope=") == page.count("</th>")
    page = re.sub("<script>.*?</script>", "", class_page(MISTAKES), flags=re.DOTALL)
    assert page.count("<table") == page.count("<caption>") + page.count("<table aria-label=")
    assert page.count("<th ") == page.count("<th scope=") == page.count("</th>")


def test_what_is_coloured_is_also_written():
    page = class_page()
    assert page.count("con problema") == page.count('class="number problem"') > 0
    assert page.count('<td class="problem" data-label="Tarea">rechazada') == 20


def test_the_last_tick_has_room_at_the_right():
    svg = histogram_svg([0.5])
    width = float(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    last = float(re.search(r'<text x="([\d.]+)"[^>]*>100<', svg)[1])
    assert width - last > 0.6 * len("100") / 2 * 19, "at the size of letters of a phone"
