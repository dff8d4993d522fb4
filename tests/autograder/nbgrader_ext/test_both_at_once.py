"""Stock nbgrader and ``curso calificar`` on one course at the same time: nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from nbgrader.api import Gradebook
from stock_nbgrader import autograde_by_api

from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.course.lock import nbgrader_grades, only_grader
from autograder.gradebook.copies import Copies
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import Records
from autograder.nbgrader_ext.publishing import publish

BIN = Path(sys.executable).parent
PATIENCE = 240  # Only so that a test that would hang fails instead.
MARKS = {"ana": 20, "bea": 0, "caro": 20}
REFUSED = "en marcha en este curso (proceso"


@pytest.fixture
def course(tmp_path) -> Course:
    course = new_course(tmp_path / "curso")
    for student, points in MARKS.items():
        hand_in(course, student, solved() if points else untouched())
    publish(course, [UNIT])
    return course


def ours(course: Course) -> subprocess.Popen:
    return _begin(course, "curso", "calificar", "--procesos", "1")


def theirs(course: Course) -> subprocess.Popen:
    return _begin(course, "nbgrader", "autograde", UNIT)


def _begin(course: Course, program: str, *arguments: str) -> subprocess.Popen:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(
        [BIN / program, *arguments],
        cwd=course.root,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen) -> tuple[int, list[str]]:
    """Its exit status, and the lines where it says that it may not grade now."""
    output, _ = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in output, output
    return process.returncode, [line for line in output.splitlines() if REFUSED in line]


def marks(course: Course) -> dict[str, float]:
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with open_gradebook(course) as book:
        return {one.student_id: one.score for one in book.assignment_submissions(UNIT)}


def every_mark_has_its_notebook(course: Course) -> None:
    for student in MARKS:
        copy = course.autograded / student / UNIT / "convolucion.ipynb"
        notebook = nbformat.read(copy, as_version=4)
        nbformat.validate(notebook)
        checked = [one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade")]
        assert len(checked) == 4
        assert all(one.outputs for one in checked)


def test_at_the_same_moment_nothing_is_lost(course):
    running = ours(course), theirs(course)
    results = [ended(process) for process in running]
    # Each finishes, or says in one line why not; and not both.
    assert all((status != 0) == (len(lines) == 1) for status, lines in results), results
    assert 0 in [status for status, _ in results]
    assert marks(course) == MARKS
    every_mark_has_its_notebook(course)
    again = {one.student: one.points for one in grade(course, [UNIT], processes=1)}
    assert again == marks(course) == MARKS
    every_mark_has_its_notebook(course)
    found = Records.load(course).outcomes
    assert {one.copy for one in found.values()} == {
        Copies(course).digest(student, UNIT) for student in MARKS
    }


def test_each_refuses_in_one_line_while_the_other_grades(course):
    with only_grader(course):
        status, lines = ended(theirs(course))
        assert (status, len(lines)) == (1, 1)
        assert "ya hay un «curso calificar» en marcha" in lines[0]
    with nbgrader_grades(course):
        status, lines = ended(ours(course))
        assert (status, len(lines)) == (1, 1)
        assert "ya hay un «nbgrader autograde» en marcha" in lines[0]
        # nbgrader's own have never minded each other.
        with nbgrader_grades(course):
            assert marks(course) == {}


def test_a_student_whom_both_would_create_keeps_the_marked_notebook(course, monkeypatch):
    """nbgrader, losing that race, removes the copy of whoever won it."""
    add, said = Gradebook.add_student, []

    def late(self, *arguments, **options):
        said.append(ended(ours(course)))
        return add(self, *arguments, **options)

    monkeypatch.setattr(Gradebook, "add_student", late)
    answered = autograde_by_api(course, UNIT, "ana")
    assert answered["success"], answered
    assert [status for status, _ in said] == [1]
    assert marks(course) == {"ana": 20}
    assert (course.autograded / "ana" / UNIT / "convolucion.ipynb").is_file()
    monkeypatch.undo()
    grade(course, [UNIT], processes=1)
    assert marks(course) == MARKS
    every_mark_has_its_notebook(course)
