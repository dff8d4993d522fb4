"""The report is of the gradebook: who is in it appears, whoever graded them; who left does not."""

from __future__ import annotations

import csv
import shutil

import pytest
from classroom import UNIT, answer, hand_in, new_course, solved
from stock_nbgrader import autograde, nbgrader

from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.nbgrader_ext.publishing import publish
from autograder.report.writing import write_report

OTHER = "2_filtros"


@pytest.fixture
def course(graded, tmp_path) -> Course:
    """That class, to take away from."""
    return Course.at(shutil.copytree(graded.root, tmp_path / "curso"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Course:
    """Graded in part by ``curso``, in part by nbgrader, and two that nobody can grade."""
    course = new_course(tmp_path_factory.mktemp("informe") / "curso", (UNIT, OTHER))
    publish(course, [UNIT, OTHER])
    half = answer(solved(), "conv2d", "def conv2d(x, kernel, bias):\n    return x")
    hand_in(course, "ana", solved())
    hand_in(course, "ana", solved(OTHER), "filtros.ipynb", OTHER)
    hand_in(course, "rota", "{")
    grade(course, [UNIT, OTHER])
    hand_in(course, "beto", half)
    hand_in(course, "cortada", "{")
    autograde(course, expected=1)
    return course


def table(course: Course) -> dict[str, dict[str, str]]:
    _, path, _ = write_report(course)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["estudiante"]: row for row in csv.DictReader(file, delimiter=";")}


def test_everybody_appears_with_what_is_known_whoever_graded_them(course):
    rows = table(course)
    assert list(rows) == ["ana", "beto", "cortada", "rota"]
    assert rows["ana"]["total"] == "40"
    assert (rows["beto"][UNIT], rows["beto"][OTHER]) == ("13", "")
    assert "1_convolucion.conv2d: " in rows["beto"]["observaciones"]
    for name in ("rota", "cortada"):
        assert "no es JSON válido" in rows[name]["observaciones"]
    page = (course.report / "index.html").read_text()
    assert page.count('<th scope="row">') + page.count('<th scope="row" rowspan="2">') >= 4
    assert "4 estudiantes" in page


def test_a_mark_of_nbgraders_later_than_ours_takes_its_reasons_along(course):
    hand_in(course, "ana", answer(solved(), "conv2d", "def conv2d(x, kernel, bias):\n    return 3"))
    autograde(course, "--student=ana", "--force")
    row = table(course)["ana"]
    assert row[UNIT] == "13"
    assert "1_convolucion.conv2d: " in row["observaciones"]
    hand_in(course, "ana", solved())
    grade(course, [UNIT])
    assert table(course)["ana"]["observaciones"] == ""


def test_who_is_removed_from_the_gradebook_leaves_the_report(course):
    for name in ("beto", "cortada"):
        nbgrader("db", "student", "remove", name, "--force", course=course)
    assert list(table(course)) == ["ana", "rota"]
    assert "beto" not in (course.report / "index.html").read_text()


def test_a_unit_that_is_removed_leaves_it_too(course):
    nbgrader("db", "assignment", "remove", UNIT, "--force", course=course)
    rows = table(course)
    assert list(rows) == ["ana"]
    assert UNIT not in rows["ana"]
    assert rows["ana"]["total"] == "20"
    nbgrader("db", "assignment", "remove", OTHER, "--force", course=course)
    with pytest.raises(CursoError, match="todavía no hay notas"):
        write_report(course)
