"""What a killed grading leaves: what was saved, which processes are alive, and what is whole."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from classroom import UNIT, answer, cell, hand_in, new_course, solved, untouched

from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import Records

CURSO = Path(sys.executable).parent / "curso"
PATIENCE = 400  # Only so that a test that would hang fails instead.
_PR_SET_CHILD_SUBREAPER = 36
# The judge draws other inputs each time, and may show those in its reasons.
_BY_CHANCE = {"seconds", "copy", "checks", "fingerprint"}

Saved = dict[str, dict]


def new_class(folder: Path) -> Course:
    """Six who can be graded and one who cannot, with something of every kind of mark."""
    course = new_course(folder)
    hand_in(course, "ana", solved())
    hand_in(course, "bea", solved())
    slow = solved()
    cell(slow, "conv2d-solucion").source += "\nimport time; time.sleep(1)"
    hand_in(course, "caro", slow)
    hand_in(course, "caro", "2026-05-04 10:30:00 UTC\n", "timestamp.txt")
    first = "return correlacion2d(imagen[:, :, 0], kernel[:, :, 0])"
    first = f"def correlacion_multicanal(imagen, kernel):\n    {first}"
    hand_in(course, "dani", answer(solved(), "correlacion_multicanal", first))
    hand_in(course, "eva", untouched())
    leaves = answer(solved(), "conv2d", "def conv2d(x, kernel, bias):\n    import os; os._exit(1)")
    hand_in(course, "fran", leaves)
    hand_in(course, "gus", b'{"cells": [')
    return course


def rows(course: Course) -> dict[str, list[tuple]]:
    """Every table of the gradebook, but the marks of time; ids are nbgrader's, and random."""
    with open_gradebook(course) as gradebook:
        unit = gradebook.find_assignment(UNIT)
        (notebook,) = unit.notebooks
        found = {
            "cells": sorted((c.name, c.max_score) for c in notebook.grade_cells),
            "source": sorted((c.name, c.source) for c in notebook.source_cells),
            "students": sorted(s.id for s in gradebook.students),
            "submissions": sorted(
                (s.student_id, str(s.timestamp), s.score, s.max_score, s.needs_manual_grade)
                for s in unit.submissions
            ),
        }
        for name in ("grades", "comments"):
            found[name] = []
        for work in notebook.submissions:
            for one in work.grades:
                found["grades"].append(
                    (
                        work.student.id,
                        one.name,
                        one.auto_score,
                        one.manual_score,
                        one.extra_credit,
                        one.needs_manual_grade,
                    )
                )
            for one in work.comments:
                comment = (work.student.id, one.name, one.auto_comment, one.manual_comment)
                found["comments"].append(comment)
    # Nothing twice: sorted lists, not sets.
    return {name: sorted(values, key=repr) for name, values in found.items()}


def records(course: Course) -> Saved:
    """What is remembered of each submission, but for what changes from one run to another."""
    return {
        student: {k: v for k, v in vars(one).items() if k not in _BY_CHANCE}
        | {"points of each": [(check.check_id, check.points) for check in one.checks]}
        for (student, _), one in Records.load(course).outcomes.items()
    }


def saved(course: Course) -> Saved:
    """The record of each mark, to its seconds' last digit: graded again, it would be another."""
    with suppress(Exception):  # Killed before there was a gradebook, there is nothing saved.
        return {
            student: vars(one)
            for (student, _), one in Records.load(course).outcomes.items()
            if one.fingerprint
        }
    return {}


def outputs(course: Course) -> dict[str, list | None]:
    """Of each marked notebook what its outputs are, and what else lies in ``autograded/``."""
    found = {}
    for path in sorted(course.autograded.rglob("*")):
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found[str(path.relative_to(course.autograded))] = [
                [output.get("output_type") for output in one.get("outputs", ())] for one in cells
            ]
        elif path.is_file():
            found[str(path.relative_to(course.autograded))] = None
    return found


def start(course: Course, *options: str) -> subprocess.Popen:
    command = [CURSO, "calificar", "--procesos", "2", "--curso", course.root, *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(process: subprocess.Popen) -> str:
    """Wait for the end of a grading; it must be a good one."""
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    return output


@contextmanager
def adopting() -> Iterator[Callable[[], list[psutil.Process]]]:
    """Orphans come to this process; gives the function that lists all that was started since."""
    prctl = ctypes.CDLL(None).prctl
    before = set(psutil.Process().children())
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield lambda: _alive(before)
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _alive(before: set[psutil.Process]) -> list[psutil.Process]:
    """All that was started since; what was there already, as a browser, starts its own."""
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if process.status() == psutil.STATUS_ZOMBIE:
                with suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)
            elif process not in before:
                found += [process, *process.children(recursive=True)]
    return found


def victims(alive: list[psutil.Process], grader: int, kind: str) -> list[psutil.Process]:
    """Of a grading's processes, those of a kind: worker, preloader, server, keeper, notebook."""
    found = []
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            if _kind(process, grader) == kind:
                found.append(process)
    return found


def _kind(process: psutil.Process, grader: int) -> str:
    preloader, server = "multiprocessing.forkserver", "autograder.sandbox.forkserver"
    if preloader in _line(process):
        return "preloader" if process.ppid() == grader else "worker"
    if server not in _line(process):
        return "other"
    depth = 0
    while (process := process.parent()) and server in _line(process):
        depth += 1
    return ("server", "keeper", "notebook")[min(depth, 2)]


def kill(process: psutil.Process) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)


def wait_until_alone(alive: Callable[[], list[psutil.Process]]) -> None:
    """Everything that was started ends by itself."""
    deadline = time.monotonic() + PATIENCE
    while left := [one for one in alive() if "resource_tracker" not in _line(one)]:
        assert time.monotonic() < deadline, [_line(one) for one in left]
        time.sleep(0.05)


def _line(process: psutil.Process) -> str:
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return "resource_tracker"  # Gone: as little in the way.
