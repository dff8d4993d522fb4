"""However large a class is, who grades it or reports on it keeps a few of its submissions."""

from __future__ import annotations

import weakref

import pytest
from classroom import UNIT, hand_in, new_course, solved

from autograder.classroom import grading, seal
from autograder.classroom.grading import grade_each
from autograder.gradebook import recording, records
from autograder.gradebook.records import GRADED, UNCHANGED
from autograder.report.writing import write_report
from autograder.submission.execution import Execution
from autograder.submission.graded_cells import CheckResult
from autograder.submission.jobs import Graded

STUDENTS, FEW = 40, 5
MOST = 3 * FEW


class Alive:
    """Which of the things that it was shown are still in memory, and how many were at most."""

    def __init__(self) -> None:
        self.most = self.seen = 0
        self._there = weakref.WeakValueDictionary()

    def show(self, thing):
        self._there[self.seen] = thing
        self.seen += 1
        self.most = max(self.most, len(self._there))
        return thing


class Instant:
    """A pool that answers every job at once."""

    def __init__(self, alive: Alive) -> None:
        self._alive = alive

    def check(self, isolated): ...

    def expect(self, flavour): ...

    def run(self, jobs, notebook_seconds, idle):
        for job in jobs:
            result = CheckResult("c", f"{UNIT}.conv2d", 3, 7, f"le falta algo a {job.student}")
            ran = Graded(Execution(self._alive.show(job.notebook), (result,), ()), None, 0.1)
            yield job, ran


@pytest.fixture
def course(tmp_path, monkeypatch):
    course, work = new_course(tmp_path), solved()
    for number in range(STUDENTS):
        hand_in(course, f"e{number:03d}", work)
    monkeypatch.setattr(recording, "BATCH", FEW)
    monkeypatch.setattr(grading, "AT_ONCE", FEW)
    return course


def test_new_seals_are_kept_every_so_many(course, monkeypatch):
    """Of a class that was graded under other code, without one to wait for the last."""
    waiting, states = [], []
    really = recording.Recorder._keep_seals

    def keep(recorder):
        waiting.append(len(recorder._sealed))
        really(recorder)

    monkeypatch.setattr(recording.Recorder, "_keep_seals", keep)
    for build in ("of before", "of today"):
        states.clear()
        monkeypatch.setattr(seal, "build", lambda build=build: build)
        grade_each(
            course, [UNIT], lambda outcome: states.append(outcome.state),
            pool=Instant(Alive()), isolated=False,
        )  # fmt: skip
    assert states == [UNCHANGED] * STUDENTS
    assert (sum(waiting), max(waiting) <= 2 * FEW) == (STUDENTS, True)
    monkeypatch.setattr(grading, "read_submission", None)  # Nobody is read any more.
    grade_each(course, [UNIT], lambda outcome: None, pool=Instant(Alive()), isolated=False)


def test_what_came_of_a_submission_is_told_and_forgotten(course, monkeypatch):
    notebooks, outcomes, read = Alive(), Alive(), Alive()
    really = records._outcome
    monkeypatch.setattr(records, "_outcome", lambda text: read.show(really(text)))
    states: list[str] = []

    def told(outcome):
        states.append(outcomes.show(outcome).state)

    for expected in (GRADED, UNCHANGED):
        grade_each(course, [UNIT], told, pool=Instant(notebooks), isolated=False)
        assert states == [expected] * STUDENTS
        states.clear()
    assert (notebooks.seen, outcomes.seen, read.seen) == (STUDENTS, 2 * STUDENTS, STUDENTS)
    assert max(notebooks.most, outcomes.most, read.most) <= MOST
    # Neither does the report keep records: what it tells is counted as they are read.
    read = Alive()
    _, table, _ = write_report(course)
    assert table.read_text(encoding="utf-8-sig").count("le falta algo a e0") == STUDENTS
    assert (read.seen, read.most <= MOST) == (STUDENTS, True)
