"""A folder that did not change is not read again; one that could be read otherwise has no seal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from classroom import UNIT, hand_in, new_course, untouched

from autograder.classroom import seal as seals
from autograder.classroom.seal import Seals
from autograder.common.limits import Limits
from autograder.course.folder import Course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = new_course(tmp_path / "curso")
    hand_in(course, "ana", untouched())
    hand_in(course, "ana", "2026-05-04 10:30:00 UTC", "timestamp.txt")
    hand_in(course, "ana", "def ayuda(): pass", "ayuda.py")
    return course


def seal(course: Course, student: str = "ana", **other: object) -> str:
    told = {"published": (), "limits": Limits(), "isolated": True} | other
    return Seals(course, UNIT, **told).of(student)


def test_the_same_bytes_have_the_same_seal_whoever_handed_them_in(course):
    first = seal(course)
    assert len(first) == 64
    for path in (course.submitted / "ana" / UNIT).iterdir():
        hand_in(course, "bea", path.read_bytes(), path.name)
        os.utime(path, (0, 0))
    (course.submitted / "bea" / UNIT / ".DS_Store").touch()
    assert seal(course) == seal(course, "bea") == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "another notebook": lambda here: (here / "convolucion.ipynb").write_text("{}"),
    "one space more": lambda here: (here / "ayuda.py").write_text("def ayuda(): pass "),
    "another name": lambda here: (here / "ayuda.py").rename(here / "ayudas.py"),
    "another date": lambda here: (here / "timestamp.txt").write_text("2026-05-05 10:30:00 UTC"),
    "one file less": lambda here: (here / "timestamp.txt").unlink(),
    "the same text cut elsewhere": lambda here: (
        (here / "ayuda.py").write_text("def ayuda(): "),
        (here / "ayuda2.py").write_text("pass"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_the_folder_changes_the_seal(course, change):
    before = seal(course)
    CHANGES[change](course.submitted / "ana" / UNIT)
    assert seal(course) not in (before, "")


def test_what_it_is_graded_with_changes_the_seal(course, monkeypatch):
    before = seal(course)
    assert seal(course, isolated=False) != before
    assert seal(course, limits=Limits(cell_seconds=3)) != before
    assert seal(course, published=("otra celda",)) != before
    monkeypatch.setattr(seals, "build", lambda: "another version of the course")
    assert seal(course) != before


READ_BY_RULES: dict[str, Callable[[Path], object]] = {
    "two notebooks": lambda here: (here / "convolucion (1).ipynb").write_text("{}"),
    "a folder": lambda here: (here / "datos").mkdir(),
    "a link": lambda here: (here / "enlace.py").symlink_to("/etc/passwd"),
    "a hard link": lambda here: os.link(here / "ayuda.py", here / "otra.py"),
    "a pipe": lambda here: os.mkfifo(here / "tubo.txt"),
    "a kind that nobody copies": lambda here: (here / "programa.sh").touch(),
    "almost the weights": lambda here: (here / "cnn.weights (1).h5").touch(),
    "too many": lambda here: [(here / f"{n}.txt").touch() for n in range(30)],
    "too much": lambda here: os.truncate(here / "ayuda.py", seals.MAX_BYTES + 1),
    "nothing at all": lambda here: [path.unlink() for path in here.iterdir()] and here.rmdir(),
}


@pytest.mark.parametrize("kind", READ_BY_RULES)
def test_what_has_to_be_read_by_rules_has_no_seal(course, kind):
    READ_BY_RULES[kind](course.submitted / "ana" / UNIT)
    assert seal(course) == ""


def test_a_linked_folder_has_no_seal(course):
    (course.submitted / "bea").symlink_to(course.submitted / "ana")
    (course.submitted / "caro").mkdir()
    (course.submitted / "caro" / UNIT).symlink_to(course.submitted / "ana" / UNIT)
    assert seal(course, "bea") == seal(course, "caro") == seal(course, "..") == ""
