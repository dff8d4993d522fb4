"""Anotar una entrega ya ejecutada: el libro de notas y ``autograded/``, o todo o nada.

What is written is what nbgrader's own Autograde writes; but with its record, and in one transaction
as many as have come: a disk takes longer to make sure of a transaction than all the rest takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import LimitOutput
from sqlalchemy.exc import SQLAlchemyError

from ..common.errors import CursoError
from ..course.folder import Course
from ..submission.folder import Submission
from . import records
from .copies import Copies
from .database import OneTransaction, open_gradebook
from .late import LatePenalties, late_or_penalised
from .marks import Marks, make_indexes, marks_in, marks_of
from .records import Outcome
from .saving import Saver
from .standing_marks import make_table
from .storage import machine_problem

# Bounds of what a transaction holds: in number, and in how long others wait for the gradebook.
BATCH, BATCH_SECONDS = 100, 0.5


@dataclass(frozen=True)
class _Put:
    """What is in the open transaction, and will be said when that is in the gradebook."""

    outcome: Outcome
    saved: Callable[[Outcome], None]


@dataclass(frozen=True)
class Past:
    """What was recorded before of some students' work in a unit, and the marks that it has now."""

    outcomes: dict[str, Outcome]
    marks: dict[str, Marks]


class Recorder:
    """The one process that writes to a course's gradebook; use it in a ``with``.

    What :meth:`add` and :meth:`add_ungraded` take is in the gradebook when ``saved`` hears of it,
    and not before: in a call of :meth:`flush`, or of :meth:`flush_in_time`. Whoever kills this
    process before costs the work of those, and nothing else.
    """

    def __init__(self, course: Course, still_ours: Callable[[], None] = lambda: None) -> None:
        self._course, self._still_ours = course, still_ours
        self._gradebook = open_gradebook(course)
        self._session = OneTransaction(self._gradebook.db)
        self._session.settle()
        records.make_place(self._gradebook.engine)
        make_table(self._gradebook.engine)
        make_indexes(self._gradebook.engine)
        self._gradebook.db = self._session
        self._sealed: list[Outcome] = []
        self._batch: list[_Put] = []
        self._open, self._since = False, 0.0
        self._limit = LimitOutput(config=course.config)
        self._late = LatePenalties(course)
        self._saver = Saver(course, self._gradebook, self._session, self._late)
        self._copies = Copies(course)
        self._copies.recover(self._saved_copy)
        self._session.rollback()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        try:
            if kind is None:
                self.flush()
                self._keep_seals()
            elif issubclass(kind, (CursoError, KeyboardInterrupt)):
                # What ended well before that counts, if it still can.
                with suppress(CursoError):
                    self.flush()
            else:
                self._undo()
        finally:
            self._copies.tidy()
            self._gradebook.close()

    def past(self, unit: str, students: Sequence[str]) -> Past:
        """What was recorded of some of a class: a query a student would take an hour."""
        if len(self._sealed) >= BATCH:
            self._keep_seals()
        outcomes = records.some(self._session, unit, students)
        marks = marks_in(self._gradebook, unit, list(outcomes))
        if not self._open:
            self._session.rollback()
        return Past(outcomes, marks)

    def known(self, past: Past, student: str, *, mark: str = "", seal: str = "") -> Outcome | None:
        """What was recorded of this very submission, with the marks that it has now.

        None where it must be graded, or read to know: neither that fingerprint nor that seal, or
        its mark or marked copy is missing.
        """
        found = past.outcomes.get(student)
        if not found or not ((seal and found.seal == seal) or (mark and found.fingerprint == mark)):
            return None
        key = student, found.unit
        if found.copy != self._copies.digest(*key):
            return None
        if seal and found.seal != seal:
            self._sealed.append(replace(found, seal=seal))
        # From the gradebook: a reader may have given points.
        if key in self._may_lose:
            self._decide_again_what_it_loses(*key)
            marks = self.earlier(*key)
        else:
            marks = past.marks.get(student)
        return replace(found, **vars(marks)) if marks else None

    @cached_property
    def _may_lose(self) -> set[tuple[str, str]]:
        self.flush()
        found = late_or_penalised(self._gradebook)
        self._session.rollback()
        return found

    def _keep_seals(self) -> None:
        """Those of what was graded under other code: the next time they need not be read."""
        if self._sealed:
            self.flush()
            self._begin()
            for outcome in self._sealed:
                records.put(self._session, outcome)
            self._session.commit_all()
            self._sealed = []

    def _saved_copy(self, student: str, unit: str) -> str | None:
        found = records.some(self._session, unit, [student]).get(student)
        return found.copy if found else None

    def add(
        self,
        submission: Submission,
        executed: NotebookNode,
        outcome: Outcome,
        saved: Callable[[Outcome], None],
    ) -> None:
        """Save the marks of an executed notebook, its copy and its record: all three, or none.

        Parameters
        ----------
        submission : Submission
        executed : NotebookNode
        outcome : Outcome
            What to remember of it; the marks are filled in here.
        saved : callable
            Hears of it when it is saved.

        Raises
        ------
        CursoError
            If nothing can be saved here: the gradebook is locked, the disk is full. Nothing of what
            had not been said is saved then.
        RuntimeError
            If this one cannot be saved.
        """
        key = submission.student, submission.unit
        try:
            self._limit.preprocess(executed, {})
            digest = self._copies.write(submission, executed)
            self._take()
            with self._session.apart():
                marks = self._saver.save(submission, executed)
                outcome = replace(outcome, **asdict(marks), copy=digest)
                records.put(self._session, outcome)
                self._copies.put(*key)
        except (SQLAlchemyError, OSError, ValueError) as error:
            self._copies.undo(*key)
            if problem := machine_problem(self._course, error):
                self._undo()
                raise CursoError(problem) from error
            raise RuntimeError(str(error)) from error
        self._batch.append(_Put(outcome, saved))

    def add_ungraded(self, outcome: Outcome, saved: Callable[[Outcome], None]) -> None:
        """Save the record of what could not be graded; its marks stay as they were."""
        with self._explained():
            self._take()
            records.put(self._session, outcome)
        self._batch.append(_Put(outcome, saved))

    def flush_in_time(self) -> None:
        """:meth:`flush`, if it is time.

        Apart from :meth:`add`: what whoever hears of those that are saved does wrong is no trouble
        of the one that comes next.
        """
        full = len(self._batch) >= BATCH
        if full or (self._batch and time.monotonic() - self._since > BATCH_SECONDS):
            self.flush()

    def flush(self) -> None:
        """Save for good what was added, and say so; all of it, or none.

        Raises
        ------
        CursoError
            If nothing can be saved here.
        """
        if self._open:
            with self._explained():
                self._still_ours()
                self._session.commit_all()
                self._copies.settle()
        said, self._batch, self._open = self._batch, [], False
        with ExitStack() as each:  # Where one cannot be told, the others still are.
            for one in reversed(said):
                each.callback(one.saved, one.outcome)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Undo what was not said, where it cannot be saved; in one line, where there is one."""
        try:
            yield
        except (SQLAlchemyError, OSError, ValueError) as error:
            self._undo()
            if problem := machine_problem(self._course, error):
                raise CursoError(problem) from error
            raise
        except BaseException:
            self._undo()
            raise

    def _take(self) -> None:
        """Be in a transaction, the one that is open or a new one."""
        if not self._open:
            self._begin()
            self._saver.begin()
            self._open, self._since = True, time.monotonic()

    def _undo(self) -> None:
        """Nothing that was added and not said has been; its copies are where they were."""
        self._batch, self._open = [], False
        self._copies.undo()
        self._session.rollback()

    def earlier(self, student: str, unit: str) -> Marks | None:
        """The marks that the gradebook holds already, if any."""
        return marks_of(self._gradebook, student, unit)

    def max_points(self, unit: str) -> float:
        """Of a unit; none of one that was never registered, as its own checks break."""
        try:
            return float(self._gradebook.find_assignment(unit).max_score)
        except MissingEntry:
            return 0.0

    def _begin(self) -> None:
        """Begin to write; not where somebody else could be grading by now."""
        self._still_ours()
        self._session.begin()

    def _decide_again_what_it_loses(self, student: str, unit: str) -> None:
        """Deadlines are moved and extensions given after the notebook was graded."""
        with suppress(MissingEntry):
            found = self._gradebook.find_submission(unit, student)
            name = self._course.notebook(unit)
            notebook = self._gradebook.find_submission_notebook(name, unit, student)
            penalty = self._late.of(notebook, found)
            if penalty != notebook.late_submission_penalty:
                self.flush()
                self._begin()
                notebook.late_submission_penalty = penalty
                self._session.commit_all()
