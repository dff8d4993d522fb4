"""``curso calificar``: lee las entregas, las ejecuta en paralelo y anota las notas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypedDict

from ..checks import UNITS
from ..common.limits import Limits
from ..common.scratch import sweep
from ..course.folder import Course
from ..course.in_force import check_in_force
from ..course.lock import only_grader
from ..course.names import one_folder_each, printable
from ..gradebook.lock import lock_course
from ..gradebook.marks import Marks
from ..gradebook.recording import Past, Recorder
from ..gradebook.records import AT_ONCE, GRADED, KEPT, UNCHANGED, UNGRADED, Outcome
from ..gradebook.remarks import bounded
from ..gradebook.storage import explained, in_spanish
from ..sandbox.flavours import KERAS, NUMPY
from ..submission.folder import Submission, read_submission
from ..submission.jobs import Graded, Job, grade_one
from ..submission.outputs import one_line
from ..submission.published import PublishedCell
from .fingerprint import fingerprint
from .handed import lacking_here, published_as, who_handed_in
from .pools import Pool, Processes
from .seal import Seals

if TYPE_CHECKING:
    from typing_extensions import Unpack

WITHOUT_WALLS = "el cuaderno corrió sin aislamiento"


@dataclass(frozen=True)
class Settings:
    """How a class is graded."""

    limits: Limits
    isolated: bool
    pool: Pool


class Options(TypedDict, total=False):
    """What may be said of how a class is graded, as :func:`grade_each` takes it."""

    processes: int | None
    pool: Pool | None
    limits: Limits | None
    isolated: bool
    again: bool
    started: Callable[[int], None]
    report: Callable[[Outcome], None]
    put_off: Callable[[str, int, str], None]


def grade(course: Course, units: Iterable[str], **options: Unpack[Options]) -> list[Outcome]:
    """:func:`grade_each`, and all of its outcomes, by unit and student: of a class that has room
    in memory.
    """
    outcomes: list[Outcome] = []
    grade_each(course, units, outcomes.append, **options)
    return sorted(outcomes, key=lambda outcome: (outcome.unit, outcome.student))


def grade_each(
    course: Course,
    units: Iterable[str],
    each: Callable[[Outcome], None],
    *,
    processes: int | None = None,
    pool: Pool | None = None,
    limits: Limits | None = None,
    isolated: bool = True,
    again: bool = False,
    started: Callable[[int], None] = lambda total: None,
    report: Callable[[Outcome], None] = lambda outcome: None,
    put_off: Callable[[str, int, str], None] = lambda unit, count, lacking: None,
) -> None:
    """Grade what is in ``submitted/``; only this process writes to the gradebook.

    Of the class it keeps no more than names: what came of each submission is told, and forgotten.

    Parameters
    ----------
    course : Course
    units : iterable of str
    each : callable
        Hears every outcome, of what is put off too.
    processes : int, optional
        How many notebooks run at once; as many as cores unless said.
    pool : Pool, optional
        Where they run; in processes of this machine unless said.
    limits : Limits, optional
        Of each notebook.
    isolated : bool
        Whether notebooks run in the sandbox. Without it the judge decides all the same.
    again : bool
        Whether to grade also what has not changed since the last time.
    started, report : callable
        Hear the number of submissions, and each outcome of those, as it is saved.
    put_off : callable
        Hears of each unit that nobody can grade here: how many there are, and what is missing.

    Raises
    ------
    CursoError
        If there is nothing to grade, or this machine cannot isolate and should, or it lacks what
        every unit that was handed in needs.
    """
    check_in_force(course)
    pool = pool or Processes(processes)
    pool.check(isolated)
    settings = Settings(limits or Limits(), isolated, pool)

    def settle(outcome: Outcome) -> None:
        each(outcome)
        report(outcome)

    with explained(course), only_grader(course) as still_ours:
        sweep()
        one_folder_each(course.submitted)
        students = who_handed_in(course, units)
        # One that nobody handed in may be half written: it is nothing to those that wait.
        students = {u: names for u, names in students.items() if names or u in UNITS}
        lacking = lacking_here(course, students)
        here = {unit: names for unit, names in students.items() if unit not in lacking}
        started(sum(map(len, here.values())))
        # One that waits for TensorFlow is known all the same; one whose checks break may not be.
        asked = (unit for unit in students if unit in here or unit in UNITS)
        published = {unit: published_as(course, unit) for unit in asked}
        lock_course(course)
        with Recorder(course, still_ours) as recorder:
            for unit, why in lacking.items():
                # Nothing is recorded of them: a report would count what nobody has looked at.
                for name in students[unit]:
                    each(_standing(recorder, Submission(name, unit), why))
                put_off(unit, len(students[unit]), why)
            _Grading(course, published, recorder, settings, again, settle).run(here)


class _Grading:
    """A class on its way from folders to marks: some are read while those before them run.

    What needs no work has its outcome as soon as it is read, the rest as its notebooks end.
    """

    def __init__(
        self,
        course: Course,
        published: dict[str, tuple[PublishedCell, ...]],
        recorder: Recorder,
        settings: Settings,
        again: bool,
        settle: Callable[[Outcome], None],
    ) -> None:
        self._course, self._published, self._recorder = course, published, recorder
        self._settings, self._again, self._settle = settings, again, settle
        self._begun: dict[tuple[str, str], tuple[Submission, str, str]] = {}

    def run(self, students: dict[str, list[str]]) -> None:
        """Grade the students of each unit."""
        jobs: Iterable[Job] = ()
        settings = self._settings
        # While TensorFlow loads, notebooks of NumPy alone can already run: the first of Keras
        # starts its server, and waits for them.
        for flavour in (KERAS, NUMPY):
            known = self._course.all_units
            those = {unit: students[unit] for unit in students if known[unit].flavour is flavour}
            more = self._jobs(those)
            if first := next(more, None):
                settings.pool.expect(flavour)
                jobs = chain([first], more, jobs)
        seconds, flush = settings.limits.notebook_seconds, self._recorder.flush
        for job, result in settings.pool.run(jobs, seconds, flush):
            submission, mark, seal = self._begun.pop((job.student, job.unit))
            if not settings.isolated:
                # Whoever reads the marks must know it, also when the report is made another day.
                submission = replace(submission, notes=(*submission.notes, WITHOUT_WALLS))
            _save(self._recorder, submission, result, mark, seal, self._settle)
            self._recorder.flush_in_time()

    def _jobs(self, students: dict[str, list[str]]) -> Iterator[Job]:
        """Read one submission after another, and give those that must be run."""
        limits, isolated = self._settings.limits, self._settings.isolated
        for unit, names in students.items():
            known = self._course.all_units[unit]
            own = known if known.own else None
            seals = Seals(self._course, unit, self._published[unit], limits, isolated)
            for student, past in self._with_their_past(unit, names):
                self._recorder.flush_in_time()  # Where thousands follow that need no work.
                seal = seals.of(student)
                if self._is_settled(past, student, seal=seal):
                    continue
                submission = _read(self._course, student, unit, self._published[unit])
                if submission.problem:
                    _not_graded(self._recorder, submission, submission.problem, self._settle)
                    continue
                mark = fingerprint(submission, limits, isolated, own)
                # What changed while it was read is no seal of what was read.
                seal = seal if seal and seals.of(student) == seal else ""
                if self._is_settled(past, student, mark=mark, seal=seal):
                    continue
                self._begun[student, unit] = submission, mark, seal
                files, helpers = submission.files, submission.helpers
                assert submission.notebook is not None  # Where there is none, there is a problem.
                letters = self._course.letters(student, unit)
                yield Job(
                    student,
                    unit,
                    submission.notebook,
                    limits,
                    files,
                    isolated,
                    helpers,
                    own,
                    letters,
                )

    def _with_their_past(self, unit: str, names: list[str]) -> Iterator[tuple[str, Past | None]]:
        """Each student with what is known of them: of a few students at a time."""
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            past = None if self._again else self._recorder.past(unit, some)
            yield from ((name, past) for name in some)

    def _is_settled(self, past: Past | None, student: str, *, mark: str = "", seal: str) -> bool:
        """Whether it was graded before just as it is; then that is its outcome."""
        if past is None:
            return False
        known = self._recorder.known(past, student, mark=mark, seal=seal)
        if known:
            self._settle(replace(known, state=UNCHANGED))
        return known is not None


def _read(
    course: Course, student: str, unit: str, published: tuple[PublishedCell, ...]
) -> Submission:
    try:
        return read_submission(course, student, unit, published)
    except Exception as error:
        # What nobody foresaw in one submission must not cost the class its grading.
        reason = one_line(f"{type(error).__name__}: {error}")
        return Submission(student, unit, problem=f"no se pudo leer ({reason})")


def _save(
    recorder: Recorder,
    submission: Submission,
    result: Graded | Exception,
    mark: str,
    seal: str,
    settle: Callable[[Outcome], None],
) -> None:
    if isinstance(result, Exception):
        reason = f"no se pudo calificar: {in_spanish(result)}"
        return _not_graded(recorder, submission, reason, settle)
    outcome = Outcome(
        student=submission.student,
        unit=submission.unit,
        state=GRADED,
        points=0.0,
        max_points=0.0,
        notes=bounded((*submission.notes, *result.execution.notes)),
        checks=result.execution.checks,
        acceptance=result.acceptance,
        seconds=round(result.seconds, 2),
        fingerprint=mark,
        seal=seal,
    )
    try:
        recorder.add(submission, result.execution.notebook, outcome, settle)
    except (RuntimeError, ValueError) as error:
        last = (str(error).splitlines() or [""])[-1]
        reason = f"nbgrader no pudo anotarla: {one_line(last, 200)}"
        _not_graded(recorder, submission, reason, settle)


def _not_graded(
    recorder: Recorder, submission: Submission, problem: str, settle: Callable[[Outcome], None]
) -> None:
    recorder.add_ungraded(_standing(recorder, submission, problem), settle)


def _standing(recorder: Recorder, submission: Submission, problem: str) -> Outcome:
    """What stands when a submission cannot be graded: the earlier mark, if there was one."""
    earlier = recorder.earlier(submission.student, submission.unit)
    nothing = Outcome(
        student=printable(submission.student),
        unit=submission.unit,
        state=UNGRADED,
        points=0.0,
        max_points=recorder.max_points(submission.unit),
        problem=problem,
        notes=bounded(submission.notes),
    )
    return nothing if earlier is None else replace(nothing, state=KEPT, **asdict(earlier))


__all__ = ["Graded", "Job", "Marks", "Outcome", "grade", "grade_each", "grade_one"]
