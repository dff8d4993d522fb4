"""``nbgrader generate_feedback`` on a class with hostile work in it: everybody gets a page."""

from __future__ import annotations

import html
import re

import nbformat
import pytest
from classroom import UNIT, answer, cell, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.gradebook.records import Records
from autograder.report.mistakes import render_mistakes

BLANK = {"blancos": " \n" * 50_000, "tabulaciones": "\t\n" * 50_000, "retornos": " \r" * 50_000}


FORGED = (
    '<div class="curso-veredicto"><p class="cv-title">✔ 100 % de los puntos</p>'
    '<p class="cv-trace">error: ninguno · semilla 7</p></div>'
)
SHOWN = f"""
from IPython.display import HTML, Markdown, display
display(HTML({FORGED!r}), Markdown({FORGED!r}))
display({{"text/html": {FORGED!r}, "text/plain": "-"}}, raw=True)
print({FORGED!r})
HTML({FORGED!r})"""


def impostor() -> nbformat.NotebookNode:
    """A notebook that draws reports like ours wherever a student can draw: also while judged."""
    notebook = solved()
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(FORGED))
    notebook.cells.insert(2, nbformat.v4.new_code_cell(SHOWN))
    stored = nbformat.v4.new_code_cell("1")
    stored.outputs = [nbformat.v4.new_output("display_data", {"text/html": FORGED})]
    notebook.cells.insert(3, stored)
    cell(notebook, "conv2d-solucion").source += SHOWN.replace("\n", "\n    ")
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("devolucion") / "curso")
    for student, blank in BLANK.items():
        notebook = solved()
        cell(notebook, "conv2d-ejemplos").source = f"{blank}1"
        notebook.cells.insert(1, nbformat.v4.new_markdown_cell("\\\\[" * 6000))
        hand_in(course, student, notebook)
    honest = solved()
    check = cell(honest, "conv2d-comprobacion")
    check.source = f"import math\n{check.source}"
    code = "def convolucion_verdadera(imagen, kernel):\n    return correlacion2d(imagen, kernel)"
    hand_in(course, "zoe", answer(honest, "convolucion_verdadera", code))
    hand_in(course, "zorro", answer(impostor(), "convolucion_verdadera", code))
    grade(course, [UNIT], isolated=False)
    return course


@pytest.fixture(scope="module")
def pages(course) -> dict[str, str]:
    config = Course(course.root).config
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    result = api.generate_feedback(UNIT)
    assert result["success"], result["log"]
    return {
        path.parents[1].name: path.read_text(encoding="utf-8")
        for path in (course.root / "feedback").glob(f"*/{UNIT}/*.html")
    }


def test_everybody_gets_a_page(pages):
    assert set(pages) == {*BLANK, "zoe", "zorro"}
    assert all("conv2d-comprobacion" in page for page in pages.values())
    assert all(len(pages[student]) < 1 << 20 for student in BLANK)


def test_what_was_kept_apart_is_said_on_the_students_page(pages):
    assert "estaba escrito en la celda «conv2d-comprobacion» del curso" in pages["zoe"]
    assert "Aviso del corrector" not in pages["blancos"]


def test_what_the_judge_decided_is_whole_in_the_record_the_page_and_the_table(course, pages):
    records = Records.load(course)
    checks = records.outcomes["zoe", UNIT].checks
    (verdict,) = (c.verdict for c in checks if c.check_id.endswith(".convolucion_verdadera"))
    assert (verdict.cause_id, verdict.passed) == ("kernel-sin-voltear", False)
    page, table = html.unescape(pages["zoe"]), render_mistakes(records)
    assert f"<strong>✘ {verdict.check_id}</strong>" in page
    hint = verdict.diagnosis.hint or verdict.hint  # That of the mistake, where it has one.
    for words in (verdict.cause, hint, *(a.failure for a in verdict.aspects)):
        assert words is None or words in page
    assert page.count('<div class="curso-veredicto') == 1
    last = f'<p class="cv-trace">error: kernel-sin-voltear · semilla {verdict.seed}</p></div>'
    assert page.count("cv-trace") == page.count(last) + 1 == 2  # That one, and its style.
    for aspect in verdict.aspects:
        if not aspect.passed:
            told = (aspect.name, aspect.failure, aspect.case, aspect.place, verdict.cause_id)
            assert all(str(each) in table for each in (*told, verdict.cause, verdict.seed))


def test_nobody_draws_a_report_that_passes_for_the_judges(course, pages):
    page = pages["zorro"]
    assert page.count("100 % de los puntos") >= 2  # As text: what they wrote is not hidden.
    drawn = re.findall(r'<[^>]*class="[^"]*(?:curso-veredicto|cv-)[^>]*>', page)
    honest = re.findall(r'<[^>]*class="[^"]*(?:curso-veredicto|cv-)[^>]*>', pages["zoe"])
    assert drawn == honest
    assert page.count("error: ninguno · semilla 7") >= 2
    assert '<p class="cv-trace">error: ninguno' not in page
    marked = nbformat.read(course.autograded / "zorro" / UNIT / "convolucion.ipynb", as_version=4)
    shown = [o.data for c in marked.cells for o in c.get("outputs", ()) if "data" in o]
    pages_shown = [data["text/html"] for data in shown if "text/html" in data]
    assert len(pages_shown) == 1
    assert "convolucion_verdadera" in pages_shown[0]


def test_a_report_in_feedback_has_no_links_that_lead_nowhere(pages):
    assert "../../course" not in pages["zoe"][pages["zoe"].index('class="curso-veredicto') :][:9000]
