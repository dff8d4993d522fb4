"""Saving under bad conditions: a locked gradebook, a full disk, a kill at each single write."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from faults import rows
from sqlalchemy import event
from sqlalchemy.engine import Engine

from autograder import cli
from autograder.classroom import grading, pools, seal
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.gradebook import database as gradebook
from autograder.gradebook import recording, saving
from autograder.gradebook.copies import Copies
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import GRADED, UNCHANGED, UNGRADED, Records
from autograder.gradebook.saved_rows import SavedRows
from autograder.submission.execution import Execution
from autograder.submission.graded_cells import CheckResult
from autograder.submission.jobs import Graded

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
OCCUPIED = "tiene ocupado el libro de notas"


@pytest.fixture(scope="module")
def begun(tmp_path_factory, graded_before) -> Course:
    course = new_course(tmp_path_factory.mktemp("empezado") / "curso")
    hand_in(course, "ana", untouched())
    grade(course, [UNIT], isolated=False)
    hand_in(course, "ana", solved())
    hand_in(course, "bea", solved())
    return course


@pytest.fixture
def course(begun, tmp_path) -> Course:
    """Ana's first work is graded already; the second one and Bea's are not."""
    return Course.at(shutil.copytree(begun.root, tmp_path / "curso"))


def marks(course: Course) -> dict[str, float]:
    with open_gradebook(course) as book:
        return {one.student_id: one.score for one in book.assignment_submissions(UNIT)}


def states(course: Course) -> dict[str, str]:
    return {one.student: one.state for one in grade(course, [UNIT], isolated=False)}


def is_consistent(course: Course) -> None:
    """Each mark has its record and its copy, and they are of the same grading."""
    found = {student: one for (student, _), one in Records.load(course).outcomes.items()}
    assert {student: one.points for student, one in found.items()} == marks(course)
    for student, one in found.items():
        assert one.copy == Copies(course).digest(student, UNIT)


def hold(course: Course, how: str) -> sqlite3.Connection:
    """Another program's transaction in the gradebook."""
    other = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    other.isolation_level = None
    for statement in how.split(";"):
        other.execute(statement).fetchone()
    return other


def test_a_gradebook_that_is_busy_for_a_while_is_waited_for(course):
    with open_gradebook(course) as book, book.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 30_000
    with closing(hold(course, "BEGIN EXCLUSIVE")) as other:
        threading.Timer(0.7, other.rollback).start()
        assert set(states(course).values()) == {GRADED}
    assert marks(course) == {"ana": 20, "bea": 20}


@pytest.mark.parametrize("how", ["BEGIN EXCLUSIVE", "BEGIN;SELECT * FROM grade"])
def test_one_that_stays_busy_is_a_line_and_costs_nothing(course, how, monkeypatch, capsys):
    """Also where somebody only reads: then it is the commit that cannot be."""
    monkeypatch.setattr(gradebook, "BUSY_SECONDS", 0.2)
    before = rows(course)
    with closing(hold(course, how)):
        assert cli.main(["calificar", "--sin-aislamiento", "--curso", str(course.root)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert OCCUPIED in line
        assert "ciérralo o espera" in line
    assert rows(course) == before
    is_consistent(course)
    assert set(states(course).values()) == {GRADED}
    is_consistent(course)


def test_from_what_it_reads_to_what_it_saves_nobody_else_writes(course, monkeypatch):
    """Or else a point that a reader gives in between would be lost."""
    refused = []
    really = SavedRows.of

    def of(connection, unit, notebook, name, **when):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            hold(course, "PRAGMA busy_timeout = 0;BEGIN IMMEDIATE")
        refused.append(name)
        return really(connection, unit, notebook, name, **when)

    monkeypatch.setattr(SavedRows, "of", of)
    assert set(states(course).values()) == {GRADED}
    assert refused == ["ana", "bea"]


def test_what_was_saved_before_it_got_busy_is_not_graded_again(course, monkeypatch):
    others = []
    monkeypatch.setattr(gradebook, "BUSY_SECONDS", 0.2)

    def lock(outcome):
        others.append(hold(course, "BEGIN EXCLUSIVE"))

    with pytest.raises(CursoError, match=OCCUPIED):
        grade(course, [UNIT], isolated=False, report=lock)
    (other,) = others
    other.close()
    assert sorted(states(course).values()) == sorted([GRADED, UNCHANGED])
    assert marks(course) == {"ana": 20, "bea": 20}


def test_a_reader_may_give_points_while_the_class_is_graded(course):
    def read(outcome):
        if outcome.student == "ana":
            with open_gradebook(course) as book:
                given = book.find_grade("conv2d-comprobacion", "convolucion", UNIT, "ana")
                given.manual_score = 3.5
                book.db.commit()

    grade(course, [UNIT], isolated=False, report=read)
    assert marks(course) == {"ana": 16.5, "bea": 20}
    assert set(states(course).values()) == {UNCHANGED}


def test_graded_again_nobody_is_read_and_no_query_is_asked_for_each(course, monkeypatch):
    states(course)

    def read(*arguments):
        raise AssertionError("it was read again")

    asked: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    monkeypatch.setattr(grading, "read_submission", read)
    assert states(course) == {"ana": UNCHANGED, "bea": UNCHANGED}
    few = len(asked)
    shutil.rmtree(course.submitted / "bea")
    asked.clear()
    assert states(course) == {"ana": UNCHANGED}
    assert len(asked) == few


def test_what_was_graded_under_other_code_is_read_once_and_not_run(course, monkeypatch):
    states(course)
    monkeypatch.setattr(seal, "build", lambda: "what decides no mark has changed")
    assert states(course) == {"ana": UNCHANGED, "bea": UNCHANGED}
    monkeypatch.setattr(grading, "read_submission", None)
    assert states(course) == {"ana": UNCHANGED, "bea": UNCHANGED}
    is_consistent(course)


def test_what_changed_before_it_was_read_has_no_seal_of_other_bytes(course, monkeypatch):
    """Put back as it was, it would pass for what was graded."""
    really = grading.read_submission

    def read(course, student, unit, published):
        hand_in(course, student, untouched())
        return really(course, student, unit, published)

    with monkeypatch.context() as patches:
        patches.setattr(grading, "read_submission", read)
        grade(course, [UNIT], isolated=False)
    assert marks(course) == {"ana": 0, "bea": 0}
    for student in ("ana", "bea"):
        hand_in(course, student, solved())
    assert states(course) == {"ana": GRADED, "bea": GRADED}
    assert marks(course) == {"ana": 20, "bea": 20}


def _steps(course: Course, reached) -> None:
    """Call ``reached`` before each thing that this process writes from now on."""

    def audit(name: str, arguments: tuple) -> None:
        path = str(arguments[0]) if arguments else ""
        writing = name in WRITES or (name == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if writing and path.startswith(str(course.autograded)):
            reached(name)

    sys.addaudithook(audit)
    event.listen(Engine, "commit", lambda connection: reached("commit"))


def _killed_at(course: Course, step: int) -> bool:
    """Grade in a copy of this process that kills itself at a write; whether it came to that."""
    pid = os.fork()
    if pid == 0:
        left = [step]

        def reached(name: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            _steps(course, reached)
            grade(course, [UNIT], isolated=False, again=True)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("waits", [True, False])
def test_killed_at_each_single_write_nothing_is_half_written(course, tmp_path, waits, monkeypatch):
    """Whether each is saved alone, or all that came together in one transaction."""
    monkeypatch.setattr(pools.run_jobs, "waits", waits)
    grade(course, [UNIT], isolated=False)
    hand_in(course, "bea", untouched())
    hand_in(course, "zoe", solved())
    start = shutil.copytree(course.root, tmp_path / "como empezó")
    for step in range(0, 1000, 1 if waits else 5):
        shutil.rmtree(course.root)
        shutil.copytree(start, course.root)
        killed = _killed_at(course, step)
        saved = marks(course)
        # Already now, before anybody mends anything: no mark without its record.
        found = Records.load(course).outcomes
        assert {student: one.points for (student, _), one in found.items()} == saved
        assert saved["ana"] == 20
        assert saved["bea"] in (20, 0)
        assert saved.get("zoe", 20) == 20
        done = {(one.student, one.copy) for one in Records.load(course).outcomes.values()}
        for student, state in states(course).items():
            # Ana's is the same work: whatever was saved of her last, it counts.
            ours = (student, Copies(course).digest(student, UNIT)) in done
            assert (state == UNCHANGED) == ours
            assert student != "ana" or ours
        assert marks(course) == {"ana": 20, "bea": 0, "zoe": 20}
        is_consistent(course)
        assert {path.name for path in course.autograded.iterdir()} == {
            *("ana", "bea", "zoe", ".calificando"),
        }
        if not killed:
            break
    assert step > 20


def _notebooks_that_are_fast(course: Course, monkeypatch) -> None:
    """All come at once: Ana and Bea, who are begun, and Caro."""
    monkeypatch.setattr(pools.run_jobs, "waits", False)
    hand_in(course, "caro", solved())


def test_those_that_come_together_are_said_after_their_one_commit(course, monkeypatch):
    _notebooks_that_are_fast(course, monkeypatch)
    seen: list = []
    event.listen(Engine, "commit", lambda connection: seen.append("commit"))
    grade(course, [UNIT], isolated=False, report=lambda one: seen.append(one.student))
    first = seen.index("ana")
    assert seen[first - 1 :] == ["commit", "ana", "bea", "caro"]
    is_consistent(course)
    # And of a class whose notebooks take their time, each is said when it is there.
    monkeypatch.setattr(pools.run_jobs, "waits", True)
    seen.clear()
    again = {"isolated": False, "again": True}
    grade(course, [UNIT], **again, report=lambda one: seen.append(one.student))
    assert [one for one, before in zip(seen[1:], seen, strict=False) if before == "commit"][
        -3:
    ] == [*("ana", "bea", "caro")]
    # Bounded in number and in time, whatever comes.
    for name, least in (("BATCH", 1), ("BATCH_SECONDS", -1)):
        with monkeypatch.context() as patches:
            patches.setattr(pools.run_jobs, "waits", False)
            patches.setattr(recording, name, least)
            seen.clear()
            grade(course, [UNIT], **again, report=lambda one: seen.append(one.student))
        assert seen.index("bea") > seen.index("ana") + 1


def test_one_that_cannot_be_saved_costs_only_itself(course, monkeypatch):
    _notebooks_that_are_fast(course, monkeypatch)
    really = Copies.put

    def put(self, student, unit):
        if student == "bea":
            raise PermissionError("no se puede")
        really(self, student, unit)

    monkeypatch.setattr(Copies, "put", put)
    found = {one.student: one for one in grade(course, [UNIT], isolated=False)}
    assert {name: one.state for name, one in found.items()} == {
        "ana": GRADED, "bea": UNGRADED, "caro": GRADED,
    }  # fmt: skip
    assert "no se puede" in found["bea"].problem
    assert marks(course) == {"ana": 20, "caro": 20}
    monkeypatch.undo()
    assert states(course) == {"ana": UNCHANGED, "bea": GRADED, "caro": UNCHANGED}
    is_consistent(course)


def test_a_copy_that_cannot_take_its_place_leaves_the_one_before_there(course, monkeypatch):
    _notebooks_that_are_fast(course, monkeypatch)
    before = Copies(course).digest("ana", UNIT)
    really = os.replace

    def replace(source, destination):
        if Path(source).name == ".nueva" and not {"ana", "caro"}.isdisjoint(destination.parts):
            raise PermissionError("no se puede")
        really(source, destination)

    with monkeypatch.context() as patches:
        patches.setattr(os, "replace", replace)
        found = {one.student: one for one in grade(course, [UNIT], isolated=False)}
    assert "no se puede" in found["ana"].problem
    assert "no se puede" in found["caro"].problem
    assert Copies(course).digest("ana", UNIT) == before
    assert not (course.autograded / "caro" / UNIT).exists()
    assert marks(course) == {"ana": 0, "bea": 20}
    assert states(course) == {"ana": GRADED, "bea": UNCHANGED, "caro": GRADED}
    is_consistent(course)


def test_an_error_that_nobody_foresaw_saves_nothing_more(course):
    """Of what was being saved when it came nobody has heard: the next time it is graded again."""

    class Broken:
        def check(self, isolated): ...

        def expect(self, flavour): ...

        def run(self, jobs, notebook_seconds, idle):
            job = next(iter(jobs))
            result = CheckResult("c", f"{UNIT}.conv2d", 3, 7, "le falta algo")
            yield job, Graded(Execution(job.notebook, (result,), ()), None, 0.1)
            raise ZeroDivisionError("nobody foresaw it")

    before = rows(course)
    with pytest.raises(ZeroDivisionError):
        grade(course, [UNIT], isolated=False, again=True, pool=Broken())
    assert rows(course) == before
    is_consistent(course)


@pytest.mark.parametrize("how", ["commit", "lost", "lost before", "unforeseen"])
def test_where_the_commit_fails_nothing_was_said_and_all_is_as_it_was(course, how, monkeypatch):
    _notebooks_that_are_fast(course, monkeypatch)
    before, copy = rows(course), Copies(course).digest("ana", UNIT)
    said: list = []

    def lose(session):
        """What SQLite does by itself where something fails badly."""
        session.connection().connection.rollback()

    def fail(self):
        if how == "commit":
            raise sqlite3.OperationalError("database or disk is full")
        if how == "unforeseen":
            raise ValueError("nobody foresaw it")
        if how == "lost":
            lose(self._session)
        really(self)

    def save(self, submission, executed):
        if how == "lost before" and submission.student == "bea":
            lose(self._session)
            raise PermissionError("no se puede")
        return really_save(self, submission, executed)

    really, really_save = gradebook.OneTransaction.commit_all, saving.Saver.save
    with monkeypatch.context() as patches:
        patches.setattr(gradebook.OneTransaction, "commit_all", fail)
        patches.setattr(saving.Saver, "save", save)
        expected = ValueError if how == "unforeseen" else CursoError
        with pytest.raises(expected, match=r"disco|was lost|nobody foresaw it"):
            grade(course, [UNIT], isolated=False, report=said.append)
    assert not said
    assert rows(course) == before
    assert Copies(course).digest("ana", UNIT) == copy
    assert not (course.autograded / "caro" / UNIT).exists()
    is_consistent(course)


def test_a_unit_is_registered_whole_or_not_at_all(tmp_path, graded_before):
    course = new_course(tmp_path / "curso")
    hand_in(course, "ana", solved())
    for words in ("INSERT INTO grade_cells", "INSERT INTO source_cell", "INSERT INTO notebook"):
        pid = os.fork()
        if pid == 0:

            def before(connection, cursor, statement, parameters, *rest, words=words):
                if statement.startswith(words):
                    os.kill(os.getpid(), signal.SIGKILL)

            try:
                event.listen(Engine, "after_cursor_execute", before)
                grade(course, [UNIT], isolated=False)
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL, words
    (outcome,) = grade(course, [UNIT], isolated=False)
    assert (outcome.points, outcome.max_points) == (20, 20)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        assert book.execute("SELECT version_num FROM alembic_version").fetchone()


def test_a_full_disk_is_a_line_and_costs_nothing(tmp_path):
    """On a real small disk, with less and less room: in a namespace of its own."""
    room = subprocess.run(["unshare", "-Urm", "true"], capture_output=True)
    if room.returncode:
        pytest.skip("esta máquina no deja montar un disco pequeño")
    script = Path(__file__).parents[2] / "support" / "full_disk.py"
    run = subprocess.run(
        ["unshare", "-Urm", sys.executable, script, tmp_path], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    # Nothing of nbgrader's own beside the line.
    assert not run.stderr


def test_a_temporary_folder_without_room_for_sockets_is_said_at_once(course, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", f"/{'x' * 80}")
    with pytest.raises(CursoError, match=r"demasiado largo.*TMPDIR"):
        grade(course, [UNIT], isolated=False)


def _tables(course: Course) -> dict[str, int]:
    """Each table of the gradebook with its number of rows."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        names = [name for (name,) in book.execute("SELECT name FROM sqlite_master")]
        tables = [name for name in names if not name.startswith(("sqlite", "ix"))]
        return {
            name: book.execute(f"SELECT count(*) FROM '{name}'").fetchone()[0] for name in tables
        }


@pytest.mark.parametrize("last", [1, 8, 1000])
def test_a_gradebook_is_created_whole_or_not_at_all(tmp_path, last):
    whole = new_course(tmp_path / "tranquilo")
    open_gradebook(whole).close()
    course = new_course(tmp_path / "curso")
    pid = os.fork()
    if pid == 0:
        made = []

        def after(connection, cursor, statement, *rest):
            made.extend([statement] if statement.strip().startswith("CREATE") else [])
            # After the last table there is still a version to stamp.
            if len(made) == last or statement.startswith("INSERT"):
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            event.listen(Engine, "after_cursor_execute", after)
            open_gradebook(course)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    open_gradebook(course).close()
    assert _tables(course) == _tables(whole)
