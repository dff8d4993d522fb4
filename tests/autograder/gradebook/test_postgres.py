"""The gradebook in a PostgreSQL server: the same marks, one grader at a time, nothing lost."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from classroom import ROOT, UNIT, hand_in, new_course, solved, untouched
from faults import rows
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from postgres import Server, running
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from autograder import cli
from autograder.classroom import pools
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.course.lock import nbgrader_grades, only_grader
from autograder.gradebook import database
from autograder.gradebook.copies import Copies
from autograder.gradebook.database import gradebook_url, open_gradebook
from autograder.gradebook.marks import all_marks, marks_of
from autograder.gradebook.records import GRADED, UNCHANGED, Records
from autograder.terminal import doctor, grading_view

OCCUPIED = "ya hay quien califica este curso en ese libro de notas"
WRITES = {"os.rename", "os.mkdir", "os.rmdir"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def address(server: Server, request: pytest.FixtureRequest) -> str:
    return server.new_database(request.node.name[:60])


@pytest.fixture
def course(address: str, tmp_path: Path, graded_before: None) -> Course:
    """Ana and Bea have handed in, and nothing is graded."""
    course = kept_in(new_course(tmp_path / "curso"), address)
    hand_in(course, "ana", solved())
    hand_in(course, "bea", untouched())
    return course


def kept_in(course: Course, address: str) -> Course:
    """The same course, with its gradebook in a server."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc = get_config()\nc.CourseDirectory.db_url = {address!r}\n")
    return Course.at(course.root)


def states(course: Course) -> dict[str, str]:
    return {one.student: one.state for one in grade(course, [UNIT], isolated=False)}


def marks(course: Course) -> dict[str, float]:
    with open_gradebook(course) as book:
        return {one.student_id: one.score for one in book.assignment_submissions(UNIT)}


def test_its_marks_and_reports_are_those_of_a_file(course, tmp_path):
    file, people = new_course(tmp_path / "archivo"), tmp_path / "lista.csv"
    for here in (course, file):
        hand_in(here, "ana", solved())
        hand_in(here, "bea", untouched())
        hand_in(here, "caro", "no es un cuaderno")
        assert cli.main(["calificar", "--sin-aislamiento", "--curso", str(here.root)]) == 0
        people.write_text("estudiante,nombre,grupo\nana,Ana,A\nbea,Íñiga,B\n", encoding="utf-8")
        assert cli.main(["alumnos", str(people), "--curso", str(here.root)]) == 0
        assert cli.main(["informe", "--errores", "--curso", str(here.root)]) == 0
    assert rows(course) == rows(file)
    for name in ("notas.csv", "errores_contados.csv"):
        assert (course.report / name).read_bytes() == (file.report / name).read_bytes()
    with open_gradebook(course) as book:
        known = all_marks(book)
        assert known == {key: marks_of(book, *key) for key in known}
        found = {one["name"] for one in inspect(book.engine).get_indexes("grade")}
        assert "curso_grade_notebook" in found
    # What Formgrader shows, and what goes back to the students, are nbgrader's own.
    config = course.config.copy()
    config.CourseDirectory.db_url = gradebook_url(course)
    directory = CourseDirectory(config=config)
    api = NbGraderAPI(directory, config=config)
    shown = {one["id"]: one["score"] for one in api.get_submissions(UNIT) if one["autograded"]}
    assert set(map(float, [one["score"] for one in api.get_submissions(UNIT)])) == {0.0, 20.0}
    assert len(shown) == 2
    directory.assignment_id = UNIT
    GenerateFeedback(coursedir=directory, config=config).start()
    assert (course.feedback / "ana" / UNIT / "convolucion.html").is_file()


def test_one_grader_at_a_time_whatever_its_machine(course, address, tmp_path, capsys):
    other = kept_in(new_course(tmp_path / "otra máquina"), address)
    hand_in(other, "zoe", solved())
    with only_grader(course):
        assert cli.main(["calificar", "--sin-aislamiento", "--curso", str(other.root)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert OCCUPIED in line
        assert "curso calificar, en " in line
        with pytest.raises(CursoError, match=OCCUPIED), nbgrader_grades(other):
            pass
    with nbgrader_grades(course), nbgrader_grades(other):
        pass
    assert states(course) == {"ana": GRADED, "bea": GRADED}
    assert states(other) == {"zoe": GRADED}
    assert marks(course) == {"ana": 20, "bea": 0, "zoe": 20}
    assert states(course) == {"ana": UNCHANGED, "bea": UNCHANGED}


def test_a_grader_whose_lock_is_lost_saves_nothing_more(course, server):
    """Its session was cut, and another machine may have begun."""

    def cut(outcome):
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'curso calificar%'"
        )

    with pytest.raises(CursoError, match="repite la orden"):
        grade(course, [UNIT], isolated=False, report=cut)
    assert len(marks(course)) == 1
    assert sorted(states(course).values()) == sorted([GRADED, UNCHANGED])


def test_from_what_it_reads_to_what_it_saves_nobody_gives_points(course, monkeypatch):
    """Or else those of a reader would be lost."""
    states(course)
    refused = []
    really = database.OneTransaction.commit_all

    def commit(self):
        other = create_engine(gradebook_url(course))
        with other.connect() as connection:
            connection.execute(text("SET lock_timeout = 1"))
            with pytest.raises(OperationalError, match="lock timeout"):
                connection.execute(text("UPDATE grade SET manual_score = 1"))
        other.dispose()
        refused.append(True)
        really(self)

    monkeypatch.setattr(database.OneTransaction, "commit_all", commit)
    grade(course, [UNIT], isolated=False, again=True)
    assert refused


def _steps(course: Course, reached: Callable[[], None]) -> None:
    """Call ``reached`` before each thing that this process writes from now on."""

    def audit(name: str, arguments: tuple) -> None:
        path = str(arguments[0]) if arguments else ""
        writing = name in WRITES or (name == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if writing and path.startswith(str(course.autograded)):
            reached()

    def statement(connection, cursor, statement, *rest):
        if statement.startswith(("INSERT", "UPDATE", "DELETE", "CREATE")):
            reached()

    sys.addaudithook(audit)
    event.listen(Engine, "commit", lambda connection: reached())
    event.listen(Engine, "after_cursor_execute", statement)


def _killed_at(course: Course, step: int) -> bool:
    """Grade in a copy of this process that kills itself at a write; whether it came to that."""
    pid = os.fork()
    if pid == 0:
        left = [step]

        def reached() -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            _steps(course, reached)
            grade(course, [UNIT], isolated=False, again=True)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def test_killed_at_any_write_nothing_is_half_written(course, tmp_path, graded_before, monkeypatch):
    quiet = new_course(tmp_path / "tranquila")
    for here in (course, quiet):
        hand_in(here, "ana", solved())
        hand_in(here, "bea", untouched())
        hand_in(here, "zoe", solved())
    states(quiet)
    expected = {"ana": 20, "bea": 0, "zoe": 20}
    step, kills = 0, 0
    monkeypatch.setattr(pools.run_jobs, "waits", True)
    while _killed_at(course, step):
        with open_gradebook(course) as book:
            saved = {student: one.points for (student, _), one in all_marks(book).items()}
            found = Records.of(book).outcomes
        # Already now, before anybody mends anything: no mark without its record.
        assert {student: one.points for (student, _), one in found.items()} == saved
        assert saved.items() <= expected.items()
        step, kills = step + 11, kills + 1
        # Each saved alone, or all in one transaction.
        monkeypatch.setattr(pools.run_jobs, "waits", kills % 2 == 0)
    states(course)
    assert kills >= 4
    assert rows(course) == rows(quiet)
    for (student, _), one in Records.load(course).outcomes.items():
        assert one.copy == Copies(course).digest(student, UNIT)
    assert set(states(course).values()) == {UNCHANGED}


def test_a_server_that_goes_down_is_a_line_and_costs_nothing(course, server, capfd):
    with pytest.MonkeyPatch.context() as patches:
        really = grading_view.grade_each

        def graded(*arguments, report, **options):
            def both(outcome):
                report(outcome)
                server.stop()

            return really(*arguments, report=both, **options)

        patches.setattr(grading_view, "grade_each", graded)
        try:
            assert cli.main(["calificar", "--sin-aislamiento", "--curso", str(course.root)]) == 1
            (line,) = capfd.readouterr().err.splitlines()
            assert "el servidor de «postgresql" in line
            assert cli.main(["calificar", "--sin-aislamiento", "--curso", str(course.root)]) == 1
            (line,) = capfd.readouterr().err.splitlines()
            assert "no se llega al servidor" in line
        finally:
            server.start()
    assert sorted(states(course).values()) == sorted([GRADED, UNCHANGED])
    assert marks(course) == {"ana": 20, "bea": 0}


@pytest.mark.parametrize("last", [1, 1000])
def test_it_is_created_whole_or_not_at_all(address, tmp_path, last):
    course = kept_in(new_course(tmp_path / "curso"), address)
    pid = os.fork()
    if pid == 0:
        made = []

        def after(connection, cursor, statement, *rest):
            made.extend([statement] if statement.strip().startswith("CREATE") else [])
            if len(made) == last or statement.startswith("INSERT"):
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            event.listen(Engine, "after_cursor_execute", after)
            open_gradebook(course)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    with Gradebook(f"sqlite:///{tmp_path / 'archivo.db'}") as file:
        expected = set(inspect(file.engine).get_table_names())
    with open_gradebook(course) as book:
        assert set(inspect(book.engine).get_table_names()) == expected
        assert book.db.execute(text("SELECT version_num FROM alembic_version")).scalar()


SECRET = "s3creto"
WRONG = {
    "postgresql+psycopg://postgres@/no_hay?host={folder}": "no existe la base de datos",
    "postgresql+psycopg://nadie@/postgres?host={folder}": "comprueba el usuario y la contraseña",
    "postgresql+psycopg://u:s3creto@/x?host={folder}/nada": "no se llega al servidor",
    "postgresql+psycopg://u@/x?host={folder}/nada&password=s3creto": "no se llega al servidor",
    "postgresql+psycopg://u:a@s3creto@localhost/x": "%40",
    "postgres://u:s3creto@localhost/x": "postgresql+psycopg://usuario@servidor/base",
    "postgresql+nada://u:s3creto@localhost/x": "postgresql+psycopg://usuario@servidor/base",
    "postgresql+psycopg://u:s3creto@localhost:x/x": "no se entiende",
}


@pytest.mark.parametrize("address", WRONG)
def test_what_is_wrong_with_an_address_is_a_line_without_its_password(
    address, server, tmp_path, capsys
):
    course = kept_in(new_course(tmp_path / "c"), address.replace("{folder}", str(server.folder)))
    hand_in(course, "ana", solved())
    (finding,) = doctor._gradebook_of(course)
    assert not finding.good
    for order in ("calificar", "informe"):
        assert cli.main([order, "--curso", str(course.root)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        for said in (line, finding.text):
            assert WRONG[address] in said
            assert SECRET not in said


def test_its_page_walked_word_for_word(course, monkeypatch, capsys):
    monkeypatch.chdir(course.root)
    text = (ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for line in [line for block in blocks for line in block.splitlines()]:
        program, *arguments = shlex.split(line)
        if program == "nbgrader":
            continue  # Tried above, without another Python.
        if arguments == ["calificar"]:
            arguments.append("--sin-aislamiento")
        assert cli.main(arguments) == 0, line
    said = capsys.readouterr().out
    assert "✔ el libro de notas solo se puede calificar con esta configuración" in said
    assert "ana · 1_convolucion · 20 / 20" in said
    assert marks(course) == {"ana": 20, "bea": 0}
