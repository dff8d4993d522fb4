"""A mark that a person gave stands until the answer changes, whichever door grades again."""

from __future__ import annotations

import nbformat
import pytest
from classroom import UNIT, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.classroom import fingerprint
from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import GRADED, UNCHANGED
from autograder.nbgrader_ext.publishing import publish

QUESTION, CHECK = "pregunta-respuesta", "conv2d-comprobacion"
STUB = "*ESCRIBE TU RESPUESTA AQUÍ*"
PICTURE = {"a.png": {"image/png": "aGk="}}


def question(text: str, **fields) -> nbformat.NotebookNode:
    marks = {
        "grade": True, "grade_id": QUESTION, "locked": False, "points": 4, "schema_version": 3,
        "solution": True, "task": False,
    }  # fmt: skip
    found = nbformat.v4.new_markdown_cell(text, metadata={"nbgrader": marks}, **fields)
    found.id = QUESTION
    return found


def work(text: str, **fields) -> nbformat.NotebookNode:
    notebook = solved()
    notebook.cells.append(question(text, **fields))
    return notebook


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("lecturas") / "curso")
    path = course.root / "source" / UNIT / "convolucion.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(question(STUB))
    nbformat.write(notebook, path)
    publish(course, [UNIT])
    return course


def by_curso(course: Course) -> None:
    """Grade again, as after an edited docstring: with another fingerprint."""
    (outcome,) = grade(course, [UNIT], isolated=False, again=True)
    assert outcome.state == GRADED, outcome


def by_stock(course: Course) -> None:
    """``nbgrader autograde --force``, and Formgrader's button."""
    config = Course(course.root).config
    config.ExecuteWithJudge.isolated = False
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    result = api.autograde(UNIT, "ana", force=True, create=True)
    assert result["success"], result["log"]


DOORS = {"curso": by_curso, "nbgrader": by_stock}


@pytest.fixture(params=DOORS)
def again(request):
    return DOORS[request.param]


@pytest.fixture
def course(empty) -> Course:
    """Ana's answer was read, and her last check was given points by hand."""
    hand_in(empty, "ana", work("Porque comparte pesos."))
    by_curso(empty)
    read(empty, QUESTION, 3.5, "Bien, pero ¿y el sesgo?")
    read(empty, CHECK, 2.0)
    return empty


def read(course: Course, name: str, points: float, comment: str | None = None) -> None:
    """What Formgrader writes when a person gives points and says why."""
    with open_gradebook(course) as book:
        given = book.find_grade(name, "convolucion", UNIT, "ana")
        given.manual_score, given.needs_manual_grade = points, False
        if comment:
            book.find_comment(name, "convolucion", UNIT, "ana").manual_comment = comment
        book.db.commit()


def state(course: Course, name: str = QUESTION) -> tuple[float, bool]:
    with open_gradebook(course) as book:
        found = book.find_grade(name, "convolucion", UNIT, "ana")
        return float(found.score), bool(found.needs_manual_grade)


def test_the_mark_of_an_answer_that_did_not_change_stands(course, again):
    again(course)
    again(course)
    assert state(course) == (3.5, False)
    with open_gradebook(course) as book:
        comment = book.find_comment(QUESTION, "convolucion", UNIT, "ana")
        assert comment.comment == "Bien, pero ¿y el sesgo?"


def test_it_stands_from_one_door_to_the_other(course):
    by_stock(course)
    by_curso(course)
    assert state(course) == (3.5, False)


def test_blanks_at_the_ends_of_lines_are_no_other_answer(course, again):
    hand_in(course, "ana", work("\nPorque comparte pesos.  \n"))
    again(course)
    assert state(course) == (3.5, False)


@pytest.mark.parametrize(
    "other",
    [work("Porque sí."), work("Porque comparte pesos.", attachments=PICTURE)],
    ids=["another text", "a picture more"],
)
def test_another_answer_is_read_again_and_keeps_its_mark_meanwhile(course, again, other):
    hand_in(course, "ana", other)
    again(course)
    assert state(course) == (3.5, True)
    again(course)
    assert state(course) == (3.5, True)
    read(course, QUESTION, 1.0)
    again(course)
    assert state(course) == (1.0, False)
    with open_gradebook(course) as book:
        comment = book.find_comment(QUESTION, "convolucion", UNIT, "ana")
        assert comment.comment == "Bien, pero ¿y el sesgo?"


def test_points_given_to_a_check_stand_and_are_looked_at_again(course, again):
    """As nbgrader does: the check may be mended, and count what it did not."""
    again(course)
    assert state(course, CHECK) == (2.0, True)


def test_an_answer_that_nobody_read_still_waits(empty, again):
    hand_in(empty, "ana", work("Nueva."))
    again(empty)
    with open_gradebook(empty) as book:
        given = book.find_grade(QUESTION, "convolucion", UNIT, "ana")
        given.manual_score = None
        book.db.commit()
    again(empty)
    assert state(empty) == (0.0, True)


def test_nothing_changed_is_nothing_to_grade_but_a_picture_is_a_change(course, monkeypatch):
    hand_in(course, "ana", work("Porque comparte pesos."))
    by_curso(course)
    (same,) = grade(course, [UNIT], isolated=False)
    assert same.state == UNCHANGED
    hand_in(course, "ana", work("Porque comparte pesos.", attachments=PICTURE))
    (changed,) = grade(course, [UNIT], isolated=False)
    assert (changed.state, changed.needs_reading) == (GRADED, True)
    read(course, QUESTION, 3.0)
    read(course, CHECK, 2.0)
    monkeypatch.setattr(fingerprint, "of_the_code", lambda unit: b"un docstring editado")
    (again,) = grade(course, [UNIT], isolated=False)
    assert again.state == GRADED
    assert state(course) == (3.0, False)
