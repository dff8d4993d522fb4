"""Adónde va el tiempo de una entrega, y cuánta memoria es solo de cada calificador."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Any

MIB = 1 << 20
REPEATS = 6  # The first one waits for the server to load, and is not counted.


@dataclass(frozen=True)
class Profile:
    """One submission alone, in seconds of wall time, part by part."""

    walls: float
    cells: float
    judge: float
    closing: float
    saving: float

    @property
    def total(self) -> float:
        return self.walls + self.cells + self.judge + self.closing + self.saving


class _Clock:
    """Seconds and processor seconds of this process spent in each wrapped method."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    def wrap(self, owner: Any, name: str) -> None:
        method: Callable[..., Any] = getattr(owner, name)

        @wraps(method)
        def timed(*args: Any, **kwargs: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return method(*args, **kwargs)
            finally:
                self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall
                self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() - cpu

        setattr(owner, name, timed)


def profile(folder: Path, unit: str) -> Profile:
    """Grade the first submission of a course several times here, one after another."""
    from autograder.classroom.fingerprint import fingerprint
    from autograder.classroom.grading import _save
    from autograder.common.limits import Limits
    from autograder.course.folder import Course
    from autograder.gradebook.database import open_gradebook
    from autograder.gradebook.recording import Recorder
    from autograder.submission.execution import execute
    from autograder.submission.folder import read_submission, students_with
    from autograder.submission.jobs import Graded
    from autograder.submission.kernel import JudgedKernel
    from autograder.submission.restoring import published_cells

    course, limits = Course.at(folder), Limits()
    with open_gradebook(course) as gradebook:
        published = published_cells(gradebook, unit, course.notebook(unit))
    submission = read_submission(course, students_with(course, unit)[0], unit, published)
    mark = fingerprint(submission, limits, True)
    clock = _Clock()
    kept = {name: JudgedKernel.__dict__[name] for name in ("__init__", "run", "stop")}
    for name in kept:
        clock.wrap(JudgedKernel, name)
    parts = []
    try:
        with Recorder(course) as recorder:
            assert submission.notebook is not None, submission.problem
            for _ in range(REPEATS):
                clock.wall.clear()
                clock.cpu.clear()
                executed = execute(submission.notebook, limits, submission.files)
                start = time.perf_counter()
                _save(recorder, submission, Graded(executed, None, 0.0), mark, "", lambda one: None)
                recorder.flush()
                saving = time.perf_counter() - start
                # Between messages only the judge works in this process.
                judge = clock.cpu["run"]
                cells = clock.wall["run"] - judge
                walls, closing = clock.wall["__init__"], clock.wall["stop"]
                parts.append((walls, cells, judge, closing, saving))
    finally:
        for name, method in kept.items():
            setattr(JudgedKernel, name, method)
    return Profile(*(median(values) for values in zip(*parts[1:], strict=True)))


def unique_memory(grader: int) -> dict[str, int]:
    """Bytes that nobody else shares, of the largest worker and notebook of a running grader."""
    parents, commands = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # Both or neither: a process may end between the two.
            command = (folder / "cmdline").read_bytes()
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(status[1])
            commands[int(folder.name)] = command
    largest = {"worker": 0, "notebook": 0}
    for pid, parent in parents.items():
        above = parents.get(parent, 0)
        if b"multiprocessing.forkserver" in commands[pid] and above == grader:
            largest["worker"] = max(largest["worker"], _unique(pid))
        if b"autograder.sandbox.forkserver" in commands[pid] and parents.get(above) == grader:
            largest["notebook"] = max(largest["notebook"], _unique(pid))
    return largest


def _unique(pid: int) -> int:
    with suppress(OSError, ValueError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        private = [line.split() for line in lines if line.startswith("Private_")]
        return sum(int(fields[1]) << 10 for fields in private if "Hugetlb" not in fields[0])
    return 0
