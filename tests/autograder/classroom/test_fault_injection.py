"""Nothing is lost: grading is killed at sixteen moments, and its marks are those of a quiet run."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from classroom import UNIT
from faults import (
    adopting,
    finish,
    kill,
    new_class,
    outputs,
    records,
    rows,
    saved,
    start,
    victims,
    wait_until_alone,
)

from autograder.course.folder import Course

SEED = 20261120
MORE = int(os.environ.get("CURSO_MUERTES", "1"))  # times as many, to look longer
GRADER_KILLS = 8 * MORE
ROUNDS = 2 * MORE  # of one kill of each of these:
OTHERS = ("worker", "preloader", "server", "notebook")


@dataclass(frozen=True)
class Quiet:
    """A grading that nobody disturbed: what it saved, and how long it took."""

    rows: dict
    records: dict
    outputs: dict
    seconds: float


@pytest.fixture(scope="module")
def quiet(tmp_path_factory) -> Quiet:
    course = new_class(tmp_path_factory.mktemp("tranquila") / "curso")
    begin = time.monotonic()
    finish(start(course))
    return Quiet(rows(course), records(course), outputs(course), time.monotonic() - begin)


@pytest.fixture
def temporary(monkeypatch) -> Iterator[Path]:
    """Where the grading keeps what is not for keeping; the name of a socket there must be short."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def is_whole(course: Course, quiet: Quiet) -> None:
    """The same marks as in a quiet run, each with its copy, and nothing besides."""
    assert rows(course) == quiet.rows
    assert records(course) == quiet.records
    assert outputs(course) == quiet.outputs
    for student, one in saved(course).items():
        copy = course.autograded / student / UNIT / "convolucion.ipynb"
        assert one["copy"] == hashlib.sha256(copy.read_bytes()).hexdigest()


def still_there(kept: dict, course: Course) -> dict:
    """What was saved is there, and nobody graded it again; all that is saved now."""
    now = saved(course)
    assert {student: now.get(student) for student in kept} == kept
    return now


def test_a_grader_killed_at_any_moment_goes_on_where_it_was(quiet, tmp_path, temporary):
    chance = random.Random(SEED)
    course, kept, kills, classes, span = new_class(tmp_path / "0"), {}, 0, 1, quiet.seconds
    with adopting() as alive:
        while kills < GRADER_KILLS:
            process = start(course)
            begin, moment = time.monotonic(), chance.uniform(0, span)
            try:
                output, _ = process.communicate(timeout=moment)
                ended = True
            except subprocess.TimeoutExpired:
                process.kill()
                output, _ = process.communicate()
                ended = False
            kept = still_there(kept, course)
            if ended:
                assert process.returncode == 0, output
                is_whole(course, quiet)
                # What a run takes changes with what else this machine does.
                span = min(span, max(2.0, time.monotonic() - begin))
                course, kept = new_class(tmp_path / str(classes)), {}
                classes += 1
            kills += not ended
        finish(start(course))
        still_there(kept, course)
        is_whole(course, quiet)
        wait_until_alone(alive)
    assert not list(temporary.glob("curso-*"))


def test_whoever_else_is_killed_the_grading_ends_with_the_right_marks(quiet, tmp_path, temporary):
    chance = random.Random(SEED)
    course = new_class(tmp_path / "curso")
    left, whole = [kind for kind in OTHERS for _ in range(ROUNDS)], quiet.seconds
    with adopting() as alive:
        while left:
            process = start(course, "--todo")
            # One of each: the same one twice would be its own fault.
            due = sorted((chance.uniform(0, whole), kind) for kind in sorted(set(left)))
            begin = time.monotonic()
            while due and process.poll() is None:
                moment, kind = due[0]
                found = (
                    victims(alive(), process.pid, kind) if moment < time.monotonic() - begin else ()
                )
                if found:
                    kill(chance.choice(found))
                    left.remove(kind)
                    due.pop(0)
                elif time.monotonic() - begin > moment:
                    due = due[1:] + due[:1]
                time.sleep(0.02)
            output = finish(process)
            whole = min(whole, time.monotonic() - begin)
            assert rows(course) == quiet.rows, output
            is_whole(course, quiet)
        wait_until_alone(alive)
    # Of who was killed there may be an empty folder left: until the next grading.
    finish(start(course))
    assert not list(temporary.glob("curso-*"))
