"""On a disk that fills up each submission has one line of the list, and no mark is without its own.

Notebooks are not executed: what comes of them does not matter here, but that it is said.
"""

from __future__ import annotations

import copy
import errno
import io
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from rich.console import Console
from sqlalchemy import event
from sqlalchemy.engine import Engine

from autograder.classroom import grading
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.gradebook import recording
from autograder.gradebook.copies import Copies
from autograder.gradebook.records import Records
from autograder.submission.execution import Execution
from autograder.submission.jobs import Graded
from autograder.terminal.grading_view import grade_and_show

CLASS = tuple(f"z{number}" for number in range(8))


class AtOnce:
    """Whatever comes is graded at once, and three are saved together."""

    def __init__(self, processes: int | None) -> None: ...

    def check(self, isolated): ...

    def expect(self, flavour): ...

    def run(self, jobs, notebook_seconds, idle):
        for number, job in enumerate(jobs, 1):
            yield job, Graded(Execution(copy.deepcopy(job.notebook), ()), None, 0.1)
            if number % 3 == 0:
                idle()


class Output(io.StringIO):
    """Where the list is written; ``reached`` hears of each piece before."""

    def __init__(self, reached: Callable[[str], None]) -> None:
        super().__init__()
        self._reached = reached

    def write(self, text: str) -> int:
        if text.strip():
            self._reached("print")
        return super().write(text)


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Course:
    """Of eight, three were graded before and handed in again, and one cannot be read."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(grading, "Processes", AtOnce)
        course = new_course(tmp_path_factory.mktemp("empezado") / "curso")
        for name in CLASS[:5]:
            hand_in(course, name, untouched())
        grading.grade(course, [UNIT], isolated=False)
        for name in CLASS[2:]:
            hand_in(course, name, solved())
        hand_in(course, CLASS[-1], b"<html>")
    return course


@pytest.fixture
def course(begun, tmp_path, monkeypatch) -> Course:
    monkeypatch.setattr(grading, "Processes", AtOnce)
    return Course.at(shutil.copytree(begun.root, tmp_path / "curso"))


def said(course: Course, reached=lambda kind: None) -> tuple[Counter[str], str | None]:
    """How many lines each student has in the list, and the line with which all of it stopped."""
    output, stopped = Output(reached), None
    try:
        grade_and_show(course, [UNIT], isolated=False, console=Console(file=output, width=300))
    except CursoError as error:
        stopped = str(error)
    lines = [line for line in output.getvalue().splitlines() if line.startswith(("✔", "✘"))]
    return Counter(line.split()[1] for line in lines), stopped


def records(course: Course) -> dict[str, dict]:
    return {student: vars(one) for (student, _), one in Records.load(course).outcomes.items()}


def full(step: int, *, once: bool = False) -> Callable[[str], None]:
    """From the write ``step`` on, or there alone, the disk has no room."""
    left = [step]

    def reached(kind: str) -> None:
        left[0] -= 1
        if left[0] == -1 or (left[0] < 0 and not once):
            if kind == "sql":
                raise sqlite3.OperationalError("database or disk is full")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return reached


@contextmanager
def full_disk(kind: str, step: int, *, once: bool = False) -> Iterator[None]:
    """Of all that grading writes in a course: statements of SQL, or files and folders."""
    reached = full(step, once=once)
    with pytest.MonkeyPatch.context() as patches:
        for owner, name in ((Path, "mkdir"), (Path, "write_bytes"), (os, "replace")):
            really = getattr(owner, name)

            def write(*arguments, really=really, **named):
                reached("file")
                return really(*arguments, **named)

            if kind == "file":
                patches.setattr(owner, name, write)

        def execute(*about):
            reached("sql")

        if kind == "sql":
            event.listen(Engine, "before_cursor_execute", execute)
        try:
            yield
        finally:
            if kind == "sql":
                event.remove(Engine, "before_cursor_execute", execute)


def is_whole(course: Course) -> None:
    """With room again, each has one line, and each mark the copy that it was given for."""
    lines, stopped = said(course)
    assert stopped is None
    assert lines == dict.fromkeys(CLASS, 1)
    for student, one in records(course).items():
        assert one["copy"] == Copies(course).digest(student, UNIT)
    assert not (course.autograded / ".anterior").exists()


@pytest.mark.parametrize("which", [2, 5])
def test_a_line_that_cannot_be_written_takes_none_of_those_that_were_saved_with_it(course, which):
    before = records(course)
    lines, stopped = said(course, full(which, once=True))
    assert stopped is not None
    assert stopped.startswith("no se pudo escribir la lista de lo calificado (no queda sitio")
    saved = {student for student, one in records(course).items() if one != before.get(student)}
    assert len(saved) > 2
    assert all(lines[student] == 1 for student in saved)
    is_whole(course)


def test_whoever_hears_of_a_mark_and_fails_is_no_trouble_of_the_next_one(course, monkeypatch):
    """Or a submission that was saved would be said to be without a mark, and the other lost."""
    monkeypatch.setattr(recording, "BATCH", 2)
    left = [2]

    def reached(kind: str) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise ValueError("the list has no room for that letter")

    with pytest.raises(ValueError, match="that letter"):
        said(course, reached)
    assert not [one for one in records(course).values() if "nbgrader" in (one["problem"] or "")]
    is_whole(course)


@pytest.mark.parametrize(("kind", "step"), [("sql", 80), ("sql", 110), ("file", 8), ("file", 20)])
def test_whatever_the_disk_refuses_a_mark_has_its_line_and_nothing_else_has(course, kind, step):
    before = records(course)
    with full_disk(kind, step, once=True):
        lines, stopped = said(course)
    assert stopped is not None
    assert "no queda sitio en el disco" in stopped
    saved = {student for student, one in records(course).items() if one != before.get(student)}
    assert lines.keys() - set(CLASS[:2]) == saved  # The first two are as they were.
    assert set(lines.values()) <= {1}
    is_whole(course)


def test_an_earlier_copy_that_cannot_go_back_now_is_not_thrown_away(course):
    """Nothing can be renamed any more; its mark stands, and what comes next may not be read."""
    earlier = {name: Copies(course).digest(name, UNIT) for name in CLASS[2:4]}
    really, reached = os.replace, full(3)

    def replace(source, destination):
        reached("file")
        really(source, destination)

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(os, "replace", replace)
        _, stopped = said(course)
    assert stopped is not None
    assert {name: Copies(course).digest(name, UNIT) for name in earlier} != earlier
    for name in earlier:
        hand_in(course, name, b"<html>")
    lines, stopped = said(course)
    assert (lines, stopped) == (dict.fromkeys(CLASS, 1), None)
    assert {name: Copies(course).digest(name, UNIT) for name in earlier} == earlier
