"""``nbgrader generate_feedback`` on a class with hostile work in it: everybody gets a page."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import nbformat
import pytest
from class_report import render_mistakes
from classroom import UNIT, answer, cell, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.course.scale import Scale
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import Records
from autograder.nbgrader_ext import feedback_page
from autograder.nbgrader_ext.feedback import Written, write_feedback
from autograder.nbgrader_ext.feedback_marks import marked

BLANK = {"blancos": " \n" * 50_000, "tabulaciones": "\t\n" * 50_000, "retornos": " \r" * 50_000}


FORGED = (
    '<div class="curso-veredicto"><p class="cv-title">✔ 100 % de los puntos</p>'
    '<p class="cv-trace">error: ninguno · semilla 7</p></div>'
)
FORGED_HEAD = (
    '<header class="cabecera"><p class="nota"><strong>10</strong></p></header>'
    '<div class="tarjeta"><div class="comentario" id="conv2d" style="color:red"></div></div>'
    "<style>.nota{display:none}</style><svg><script>alert(1)</script></svg>"
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
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(FORGED + FORGED_HEAD))
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


# What a student reads of nbgrader's page, and of nbconvert's.
ENGLISH = re.compile(r"Score|Comments?:|Test cell|Grade cell|Student's|Written response|\(Top\)")


@pytest.fixture(scope="module")
def again(course, pages) -> tuple[Written, dict[str, str]]:
    """What ``curso comentarios`` wrote over Formgrader's pages, and the pages of two."""
    written = write_feedback(Course(course.root), [UNIT])
    folder = course.feedback
    return written, {
        name: (folder / name / UNIT / "convolucion.html").read_text("utf-8")
        for name in ("zoe", "zorro")
    }


def test_both_doors_write_the_same_page(pages, again):
    written, theirs = again
    assert (written.pages, written.problems) == (5, [])
    # Of the others' cells the clock decides how each is shown.
    assert theirs == {name: pages[name] for name in theirs}


def test_the_page_is_in_spanish_light_and_takes_nothing_from_outside(pages):
    page = pages["zoe"]
    assert '<html lang="es">' in page
    assert not ENGLISH.search(html.unescape(page))
    assert "<strong>17,6 de 20</strong>puntos" in page
    assert re.findall(r">[✔◐✘…] ([^<]*)</td>", page) == ["5 de 5", "0,6 de 3", "5 de 5", "7 de 7"]
    assert len(page.encode()) < 60_000
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"<script|<link|@import|url\(|\ssrc=", page)
    assert not re.search(r'href="(?!#)', page)  # Lessons and neighbours are not where it is read.


def test_formulas_are_drawn_without_anything_from_outside(pages):
    source = solved()
    written = [c.source for c in source.cells if c.cell_type == "markdown"]
    formulas = sum(len(re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$", one, re.DOTALL)) for one in written)
    assert pages["zoe"].count("<math ") == formulas > 3
    assert "$" not in pages["zoe"]


def test_nobody_draws_another_head_nor_another_comment(pages):
    page = pages["zorro"]
    assert page.count('class="nota"') == page.count('class="cabecera"') == 1
    assert 'class="comentario"' not in page
    assert page.count("<style>") == 1
    assert "<script" not in page
    assert "style=" not in page
    assert len(set(re.findall(r'id="([^"]*)"', page))) == page.count(' id="')


def test_the_mark_is_on_the_courses_scale_with_the_name_of_the_list(course, again, monkeypatch):
    scale = Scale(Decimal(10))
    monkeypatch.setattr(feedback_page.Course, "scale", scale)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("zoe", first_name="Zoé", last_name="<b>Núñez</b>")
        told = gradebook.find_comment("conv2d-solucion", "convolucion", UNIT, "zoe")
        told.manual_comment = "Bien; di **cuándo**. <script>alert(1)</script>"
        late = gradebook.find_submission_notebook("convolucion", UNIT, "zoe")
        late.late_submission_penalty = 2.5
        gradebook.db.commit()
    assert write_feedback(Course(course.root), [UNIT]).changed == 5
    page = (course.feedback / "zoe" / UNIT / "convolucion.html").read_text("utf-8")
    assert "<strong>7,6</strong>15,1 de 20 puntos" in page  # 15.1 / 20 = 7.55, half up.
    assert "Zoé &lt;b&gt;Núñez&lt;/b&gt;" in page
    assert "Por entregar tarde" in page
    assert "−2,5</td>" in page
    assert "<b>Comentario</b><p>Bien; di <strong>cuándo</strong>." in page
    assert 'Hay comentarios en <a href="#conv2d-solucion">conv2d</a>' in page
    assert "<script" not in page


def test_what_a_person_has_to_read_waits_and_a_lost_copy_stops_nobody(course, again):
    with open_gradebook(course) as gradebook:
        grade_of = gradebook.find_grade("conv2d-comprobacion", "convolucion", UNIT, "retornos")
        grade_of.needs_manual_grade = True
        gradebook.db.commit()
        found = marked(gradebook, "retornos", UNIT, "convolucion", Scale(Decimal(10)))
        grade_of.needs_manual_grade = False
        gradebook.db.commit()
    assert found.unread
    assert found.cells["conv2d-comprobacion"].text == "por leer, de 7"
    assert found.total == "20 de 20"
    lost = course.autograded / "nadie" / UNIT
    lost.mkdir(parents=True)
    (lost / "convolucion.ipynb").write_text("{")
    stranger = course.autograded / "otro" / UNIT
    stranger.mkdir(parents=True)
    nbformat.write(solved(), stranger / "convolucion.ipynb")
    written = write_feedback(Course(course.root), [UNIT])
    assert written.pages == 5
    unread, unknown = written.problems
    assert "nadie" in unread
    assert "no se puede leer" in unread
    assert "otro · 1_convolucion: no está en el libro de notas" in unknown
    for folder in (lost, stranger):
        for path in (*folder.iterdir(), folder, folder.parent):
            path.rmdir() if path.is_dir() else path.unlink()
