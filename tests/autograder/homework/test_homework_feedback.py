"""Of the homework's acceptance its student reads the decision and the reasons."""

from __future__ import annotations

import csv

import nbformat
import pytest
from classroom import hand_in, new_course, untouched
from nbformat import NotebookNode
from stock_nbgrader import nbgrader

from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.nbgrader_ext.publishing import publish
from autograder.nbgrader_ext.safe_markdown import safe_html
from autograder.report.writing import write_report
from autograder.submission.acceptance_cell import NAME, show_acceptance
from autograder.terminal.grading_view import line

HOMEWORK = "5_fashion_mnist"
MISSING = ["cnn.weights.h5", "mlp.weights.h5", "mlp_equivalente.weights.h5"]


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("pesos") / "curso", (HOMEWORK,))
    publish(course, [HOMEWORK])
    hand_in(course, "ana", untouched(HOMEWORK), "tarea.ipynb", HOMEWORK)
    return course


def first_cells(course: Course) -> list[str]:
    notebook = nbformat.read(course.autograded / "ana" / HOMEWORK / "tarea.ipynb", as_version=4)
    nbformat.validate(notebook)
    return [cell.source for cell in notebook.cells if cell.id.startswith(NAME)]


def test_without_weights_it_is_said_everywhere_and_by_both_doors(course):
    (outcome,) = grade(course, [HOMEWORK])
    assert "faltan los pesos" in line(outcome).plain
    page, table, _ = write_report(course)
    assert "faltan los pesos" in page.read_text(encoding="utf-8")
    (row,) = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert "faltan los pesos" in row["aceptación"]
    assert all(name in row["aceptación"] for name in MISSING)
    for _ in range(2):
        (cell,) = first_cells(course)
        assert "faltan los pesos" in cell
        nbgrader("generate_feedback", HOMEWORK, "--force", course=course)
        feedback = (course.root / "feedback" / "ana" / HOMEWORK / "tarea.html").read_text("utf-8")
        assert feedback.count("Aceptación de la tarea: sin evaluar: faltan los pesos") == 1
        # The second time, as nbgrader grades it.
        nbgrader("autograde", HOMEWORK, "--force", course=course)
    assert "faltan los pesos" in write_report(course)[0].read_text(encoding="utf-8")


def notebook(*ids: str) -> NotebookNode:
    cells = [nbformat.v4.new_markdown_cell("hola", id=name) for name in ids]
    return nbformat.v4.new_notebook(cells=cells)


def shown(acceptance: dict, *ids: str) -> str:
    found = notebook(*ids)
    show_acceptance(found, acceptance)
    nbformat.validate(found)
    assert len({cell.id for cell in found.cells}) == len(ids) + 1
    return found.cells[0].source


def test_the_decision_comes_with_each_of_its_reasons():
    criteria = [
        {"name": "la CNN llega al 91 %", "state": "rechazado", "text": "acierta el 74 %"},
        {"name": "la CNN supera al MLP", "state": "aceptado", "text": "74 % frente a 60 %"},
    ]
    text = shown({"accepted": False, "criteria": criteria}, "inicio", NAME)
    assert text.startswith("### Aceptación de la tarea: rechazada")
    assert "✘ **la CNN llega al 91 %**: acierta el 74 %" in text
    assert "✔ **la CNN supera al MLP**" in text
    assert "sin evaluar" in shown({"unavailable": "no hay datos"})
    assert "aceptada" in shown({"accepted": True, "criteria": criteria[1:]})


def test_reasons_that_come_from_what_was_handed_in_are_only_words():
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) `a` **b** $c$ \n# título"
    text = shown({"accepted": False, "criteria": [{"name": bad, "state": "?", "text": bad}]})
    page = safe_html(text)
    assert "<script" not in page
    assert "href" not in page
    assert page.count("<h") == 1
    assert "javascript:alert(1)" in page  # As text.
