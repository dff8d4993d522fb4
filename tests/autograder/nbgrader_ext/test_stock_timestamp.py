"""Under stock nbgrader nobody's ``timestamp.txt`` holds up or ends the run of the whole class."""

from __future__ import annotations

import os

import pytest
from classroom import UNIT, hand_in, new_course, solved
from stock_nbgrader import autograde, saved

from autograder.classroom.grading import grade
from autograder.course.folder import Course
from autograder.nbgrader_ext.publishing import publish

GOOD = "2026-05-04 10:30:00 UTC"
# The pipe first: a reader that opens it waits there, and never comes to /dev/zero.
REASONS = {
    "a-tuberia": "no es un archivo corriente",
    "b-carpeta": "no es un archivo corriente",
    "c-enlace": "es un enlace simbólico, y no se sigue",
    "d-enorme": "pesa 2048 MB y se admiten 200 bytes",
    "e-no-es-fecha": "no es una fecha",
    "f-vacio": "no es una fecha",
}


def _make(course: Course) -> None:
    for student in (*REASONS, "z-buena"):
        hand_in(course, student, solved())
    at = {name: course.submitted / name / UNIT / "timestamp.txt" for name in (*REASONS, "z-buena")}
    os.mkfifo(at["a-tuberia"])
    at["b-carpeta"].mkdir()
    at["c-enlace"].symlink_to("/dev/zero")
    at["d-enorme"].touch()
    os.truncate(at["d-enorme"], 2 << 30)
    at["e-no-es-fecha"].write_text("ayer por la tarde")
    at["f-vacio"].touch()
    at["z-buena"].write_text(f"{GOOD}\n")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("fechas") / "curso")
    _make(course)
    publish(course, [UNIT])
    return course


def test_each_is_graded_without_its_date_and_one_line_says_why(course):
    said = autograde(course)
    for student, reason in REASONS.items():
        line = f"{student}: timestamp.txt {reason}: no se tiene en cuenta"
        assert said.count(line) == 1, said
    earned = dict.fromkeys((*REASONS, "z-buena"), 0)
    for (student, _), marks in saved(course, UNIT).items():
        earned[student] += marks[0]
    assert set(earned.values()) == {20}
    kept = {path.parents[1].name: path.read_text() for path in course.autograded.rglob("time*.txt")}
    assert kept == {"z-buena": "2026-05-04 10:30:00.000000 UTC"}
    # The dates are asked again where a copy is there already.
    assert autograde(course).count("Skipping existing assignment") == len(earned)
    # And ``curso`` says the same.
    notes = {one.student: one.notes for one in grade(course, [UNIT], again=True)}
    assert notes == {"z-buena": ()} | {
        student: (f"timestamp.txt {reason}: no se tiene en cuenta",)
        for student, reason in REASONS.items()
    }
