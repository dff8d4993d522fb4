"""``curso calificar``: lee las entregas, las ejecuta en paralelo y anota las notas."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from .course import Course
from .errors import CursoError
from .execution import Execution, execute
from .gradebook import open_gradebook
from .limits import Limits
from .publishing import register
from .recording import Marks, marks_of, record
from .records import GRADED, KEPT, UNGRADED, Outcome, Records
from .restoring import PublishedCell, published_cells
from .sandbox.availability import WITHOUT, isolation_problem
from .sandbox.flavours import KERAS, flavour_of
from .sandbox.servers import server_of
from .submissions import HOMEWORK, Submission, printable, read_submission, students_with
from .workers import run_jobs

SLACK_SECONDS = 300  # Of a worker beyond its notebook's time: start, acceptance, a last cell.
SAVE_EVERY = 25


@dataclass(frozen=True)
class Job:
    """All that grading one submission depends on; it can travel to any process or machine."""

    student: str
    unit: str
    notebook: NotebookNode
    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    isolated: bool = True


@dataclass(frozen=True)
class Graded:
    """What comes back: the marked notebook, and the homework's acceptance where it was asked."""

    execution: Execution
    acceptance: dict[str, Any] | None
    seconds: float


def grade_one(job: Job) -> Graded:
    """Grade one submission: a function of the job alone, away from course and gradebook."""
    start = time.perf_counter()
    execution = execute(job.notebook, job.limits, job.files, job.isolated)
    acceptance = None
    if job.unit == HOMEWORK and job.files:
        acceptance = _accept(job.files)
    return Graded(execution, acceptance, time.perf_counter() - start)


def _accept(files: dict[str, bytes]) -> dict[str, Any]:
    """The homework's acceptance on the weights handed in, as data for the report."""
    from . import acceptance, data

    with tempfile.TemporaryDirectory(prefix="curso-") as temporary:
        for name, content in files.items():
            (Path(temporary) / name).write_bytes(content)
        try:
            _, test = data.load()
        except CursoError as error:
            return {"unavailable": error.args[0]}
        return acceptance.accept(Path(temporary), test).to_dict()


def grade(
    course: Course,
    units: Iterable[str],
    *,
    processes: int | None = None,
    limits: Limits | None = None,
    isolated: bool = True,
    started: Callable[[int], None] = lambda total: None,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Grade what is in ``submitted/``; only this process writes to the gradebook.

    Parameters
    ----------
    course : Course
    units : iterable of str
    processes : int, optional
        How many notebooks run at once; as many as cores unless said.
    limits : Limits, optional
        Of each notebook.
    isolated : bool
        Whether notebooks run in the sandbox. Without it the judge decides all the same.
    started, report : callable
        Hear the number of submissions, and each outcome as it comes.

    Returns
    -------
    list of Outcome
        By unit and student.

    Raises
    ------
    CursoError
        If there is nothing to grade, or this machine cannot isolate and should.
    """
    limits = limits or Limits()
    if isolated and (problem := isolation_problem()):
        raise CursoError(f"no se puede aislar los cuadernos: {problem}; {WITHOUT}")
    submissions = _read_all(course, units)
    started(len(submissions))
    records = Records.load(course)
    outcomes: list[Outcome] = []
    unsaved: list[Outcome] = []

    def finish(outcome: Outcome) -> None:
        outcomes.append(outcome)
        unsaved.append(outcome)
        report(outcome)
        if len(unsaved) >= SAVE_EVERY:
            records.put(unsaved)
            unsaved.clear()

    try:
        jobs, waiting = [], {}
        for submission in submissions:
            if submission.problem:
                finish(_not_graded(course, submission, submission.problem))
                continue
            waiting[submission.student, submission.unit] = submission
            jobs.append(
                Job(
                    submission.student,
                    submission.unit,
                    submission.notebook,
                    limits,
                    submission.files,
                    isolated,
                )
            )
        seconds = limits.notebook_seconds + SLACK_SECONDS
        # While TensorFlow loads, notebooks of NumPy alone can already run.
        jobs.sort(key=lambda job: flavour_of(job.unit) is KERAS)
        servers = {f.name: server_of(f) for f in map(flavour_of, {job.unit: None for job in jobs})}
        count = processes or os.cpu_count() or 1
        for job, result in run_jobs(grade_one, jobs, count, seconds, servers):
            finish(_save(course, waiting.pop((job.student, job.unit)), result))
    finally:
        if unsaved:
            records.put(unsaved)
    return sorted(outcomes, key=lambda outcome: (outcome.unit, outcome.student))


def _read_all(course: Course, units: Iterable[str]) -> list[Submission]:
    if not course.submitted.is_dir():
        raise CursoError(
            f"no hay entregas: falta la carpeta {course.submitted}; "
            "cada una va en submitted/<estudiante>/<unidad>/<cuaderno>.ipynb"
        )
    submissions = []
    for unit in units:
        published = _published(course, unit)
        for student in students_with(course, unit):
            submissions.append(read_submission(course, student, unit, published))
    return submissions


def _published(course: Course, unit: str) -> tuple[PublishedCell, ...]:
    """The unit as the gradebook knows it; where it does not yet, it learns it from ``source/``."""
    try:
        with open_gradebook(course) as gradebook:
            return published_cells(gradebook, unit, course.notebook(unit))
    except MissingEntry:
        register(course, unit)
    with open_gradebook(course) as gradebook:
        return published_cells(gradebook, unit, course.notebook(unit))


def _save(course: Course, submission: Submission, result: Graded | Exception) -> Outcome:
    if isinstance(result, Exception):
        return _not_graded(course, submission, f"no se pudo calificar: {result}")
    try:
        marks = record(course, submission, result.execution.notebook)
    except RuntimeError as error:
        reason = f"nbgrader no pudo anotarla: {str(error).splitlines()[-1][:200]}"
        return _not_graded(course, submission, reason)
    return Outcome(
        student=submission.student,
        unit=submission.unit,
        state=GRADED,
        **asdict(marks),
        notes=submission.notes + result.execution.notes,
        checks=result.execution.checks,
        acceptance=result.acceptance,
        seconds=round(result.seconds, 2),
    )


def _not_graded(course: Course, submission: Submission, problem: str) -> Outcome:
    """What stands when a submission cannot be graded: the earlier mark, if there was one."""
    with Gradebook(course.database_url) as gradebook:
        earlier = marks_of(gradebook, submission.student, submission.unit)
        most = float(gradebook.find_assignment(submission.unit).max_score)
    nothing = Outcome(
        student=printable(submission.student),
        unit=submission.unit,
        state=UNGRADED,
        points=0.0,
        max_points=most,
        problem=problem,
        notes=submission.notes,
    )
    if earlier is None:
        return nothing
    return replace(nothing, state=KEPT, **asdict(earlier))


__all__ = ["Graded", "Job", "Marks", "Outcome", "grade", "grade_one"]
