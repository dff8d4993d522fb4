"""``nbgrader generate_feedback`` on a class with hostile work in it: everybody gets a page."""

from __future__ import annotations

import nbformat
import pytest
from classroom import UNIT, cell, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.grading import grade
from autograder.course.folder import Course

BLANK = {"blancos": " \n" * 50_000, "tabulaciones": "\t\n" * 50_000, "retornos": " \r" * 50_000}


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    course = new_course(tmp_path_factory.mktemp("devolucion") / "curso")
    for student, blank in BLANK.items():
        notebook = solved()
        cell(notebook, "conv2d-ejemplos").source = f"{blank}1"
        notebook.cells.insert(1, nbformat.v4.new_markdown_cell("\\\\[" * 6000))
        hand_in(course, student, notebook)
    honest = solved()
    check = cell(honest, "conv2d-comprobacion")
    check.source = f"import math\n{check.source}"
    hand_in(course, "zoe", honest)
    grade(course, [UNIT], isolated=False)
    config = Course(course.root).config
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    result = api.generate_feedback(UNIT)
    assert result["success"], result["log"]
    return {
        path.parents[1].name: path.read_text(encoding="utf-8")
        for path in (course.root / "feedback").glob(f"*/{UNIT}/*.html")
    }


def test_everybody_gets_a_page(pages):
    assert set(pages) == {*BLANK, "zoe"}
    assert all("conv2d-comprobacion" in page for page in pages.values())
    assert all(len(pages[student]) < 1 << 20 for student in BLANK)


def test_what_was_kept_apart_is_said_on_the_students_page(pages):
    assert "estaba escrito en la celda «conv2d-comprobacion» del curso" in pages["zoe"]
    assert "Aviso del corrector" not in pages["blancos"]
