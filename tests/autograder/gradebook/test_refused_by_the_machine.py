"""What the machine or the gradebook refuses is one line, and takes no mark away."""

from __future__ import annotations

import errno
import json
import sqlite3
from contextlib import closing

import pytest
from classroom import UNIT, new_course, solved
from nbgrader.api import Gradebook
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, inspect, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from autograder.checks import UNITS
from autograder.common.errors import CursoError
from autograder.course.database_url import of_file
from autograder.course.folder import Course
from autograder.gradebook import database
from autograder.gradebook.copies import Copies
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.lock import lock_course, lock_units, open_units
from autograder.gradebook.own_tests import check_source
from autograder.gradebook.recording import Recorder
from autograder.gradebook.records import GRADED, Outcome, Records
from autograder.gradebook.server_problems import server_reason
from autograder.gradebook.storage import AGAIN, explained, in_spanish, machine_problem
from autograder.judging.verdict import AspectResult, Verdict
from autograder.nbgrader_ext.publishing import publish
from autograder.submission.folder import Submission
from autograder.submission.graded_cells import CheckResult


def sqlite_says(words: str) -> OperationalError:
    return OperationalError("INSERT …", {}, sqlite3.OperationalError(words))


@pytest.fixture
def course(tmp_path) -> Course:
    return new_course(tmp_path / "curso")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("publicado") / "curso")
    publish(course, [UNIT])
    return course


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "permiso denegado"),
        (errno.EPERM, "permiso denegado"),
        (errno.EROFS, "es de solo lectura"),
        (errno.EIO, "error del disco"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_with_its_reason(course, number, words):
    with pytest.raises(CursoError) as said, explained(course):
        raise OSError(number, "words of the system's", "/notas/ana.ipynb")
    assert said.value.args[0] == f"no se puede escribir en «/notas/ana.ipynb» ({words}); {AGAIN}"
    with pytest.raises(CursoError, match="curso"), explained(course):
        raise OSError(number, "without a name")


def test_what_is_no_fault_of_the_machine_keeps_its_own_words(course):
    for error in (OSError(errno.ENOENT, "no such file"), KeyError("ana"), CursoError("ya dicho")):
        with pytest.raises(type(error)) as raised, explained(course):
            raise error
        assert raised.value is error
        assert machine_problem(course, error) is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_found_behind_what_hides_it(course, number):
    """nbgrader raises exceptions of its own, with the true one as cause or as context."""
    full = OSError(number, "words of the system's")
    for link in ("__cause__", "__context__"):
        hiding = RuntimeError("something failed")
        setattr(hiding, link, full)
        assert "no queda sitio en el disco" in (machine_problem(course, hiding) or "")
    assert in_spanish(full).startswith("no queda sitio en el disco (")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database is locked", "tiene ocupado el libro de notas"),
        ("database or disk is full", "no queda sitio en el disco"),
        ("attempt to write a readonly database", "no hay permiso para escribir"),
        ("unable to open database file", "no se puede abrir el libro de notas"),
        ("file is not a database", "no es un libro de notas"),
        ("database disk image is malformed", "está dañado"),
        ("something new\nof SQLite's", "falla (something new"),
    ],
)
def test_whatever_sqlite_says_the_gradebook_is_named_in_one_line(course, said, words):
    for error in (sqlite_says(said), sqlite3.OperationalError(said)):
        line = machine_problem(course, error) or ""
        assert words in line
        assert line.endswith(AGAIN)
        assert "\n" not in line


def test_what_a_server_says_that_nobody_foresaw_is_in_the_line(course):
    course.root.joinpath("nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.db_url = "postgresql://ana:secreta@servidor/notas"\n',
        encoding="utf-8",
    )
    error = OperationalError("INSERT …", {}, RuntimeError("something\nnew of a server's"))
    line = machine_problem(Course.at(course.root), error) or ""
    assert "falla (something new of a server's)" in line
    assert line.endswith(AGAIN)
    assert "secreta" not in line


def test_a_server_that_is_slow_to_answer_is_not_said_to_be_nowhere():
    line = server_reason(RuntimeError("connection timeout expired")) or ""
    assert "no contestó a tiempo" in line
    assert "connect_timeout=60" in line


@pytest.mark.parametrize("kind", [IntegrityError, DataError])
def test_a_row_that_does_not_fit_is_that_submission_s_trouble_and_not_the_disk_s(course, kind):
    assert machine_problem(course, kind("INSERT …", {}, sqlite3.IntegrityError("UNIQUE"))) is None


def test_a_gradebook_overwritten_with_something_else_is_said_and_left_as_it_is(course):
    book = course.root / "gradebook.db"
    book.write_bytes(b"<!DOCTYPE html>" * 100)
    with pytest.raises(CursoError, match="no es un libro de notas"), explained(course):
        open_gradebook(course)
    assert book.read_bytes() == b"<!DOCTYPE html>" * 100


def test_of_an_address_on_a_server_the_password_is_not_shown(course):
    course.root.joinpath("nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.db_url = "inventada://ana:secreta@servidor/notas"\n',
        encoding="utf-8",
    )
    with pytest.raises(CursoError, match="falta el paquete") as said:
        open_gradebook(Course.at(course.root))
    assert "servidor" in said.value.args[0]
    assert "secreta" not in said.value.args[0]


def _outcome(student: str, points: float = 7.0) -> Outcome:
    verdict = Verdict(
        "1_convolucion.conv2d", (AspectResult("forma", 0.2, None, "un caso", (0, 1)),), seed=3
    )
    check = CheckResult("conv2d-comprobacion", "1_convolucion.conv2d", points, 7.0, None, verdict)
    return Outcome(student, UNIT, GRADED, points, 20.0, checks=(check,))


def test_a_record_that_cannot_be_read_takes_no_other_with_it(course):
    rows = ("{", "[]", "{}", "null", '"text"', '{"checks": 5}')
    spoilt = (*rows, '{"checks": [], "notes": null}', '{"checks": [null]}')
    with open_gradebook(course) as book:
        Records.add(book, _outcome("ana"))
        for number, row in enumerate(spoilt):
            values = {"student": f"otro{number}", "unit": UNIT, "row": row}
            book.db.execute(
                text("INSERT INTO curso_registro VALUES (:student, :unit, :row)"), values
            )
        book.db.commit()
    assert Records.load(course).outcomes == {("ana", UNIT): _outcome("ana")}


@pytest.mark.parametrize("spoilt", [7, {"aspects": None}, {"aspects": [{}]}, {"another": 1}, "x"])
def test_points_stand_where_only_the_verdict_of_a_record_is_spoilt(course, spoilt):
    with open_gradebook(course) as book:
        Records.add(book, _outcome("ana"))
        (row,) = book.db.execute(text("SELECT outcome FROM curso_registro")).scalars()
        changed = json.loads(row)
        changed["checks"][0]["verdict"] = spoilt
        book.db.execute(text("UPDATE curso_registro SET outcome = :r"), {"r": json.dumps(changed)})
        book.db.commit()
    (found,) = Records.load(course).outcomes.values()
    assert found.points == 7.0
    assert found.checks[0].points == 7.0
    assert found.checks[0].verdict is None


def test_a_unit_that_was_never_registered_has_no_points(published):
    with Recorder(published) as recorder:
        assert recorder.max_points(UNIT) == 20
        assert recorder.max_points("9_nunca") == 0


@pytest.mark.parametrize("kind", [IntegrityError, OperationalError])
def test_a_table_that_somebody_else_makes_meanwhile_is_there(kind, monkeypatch, tmp_path):
    engine = create_engine(of_file(tmp_path / "libro.db"))
    table = Table("curso_mia", MetaData(), Column("x", Integer))

    def late(engine, checkfirst):
        if there:
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE curso_mia (x INTEGER)"))
        raise kind("CREATE TABLE …", {}, sqlite3.OperationalError("table curso_mia already exists"))

    monkeypatch.setattr(table, "create", late)
    there = False
    with pytest.raises(kind):
        database.ensure_table(engine, table)
    there = True
    database.ensure_table(engine, table)
    assert inspect(engine).has_table("curso_mia")
    engine.dispose()


def test_a_gradebook_without_records_has_none(course):
    assert Records.load(course).outcomes == {}
    with open_gradebook(course) as book:
        assert Records.of(book).outcomes == {}


def test_the_gradebook_that_nbgrader_falls_back_to_is_locked_as_well(published, tmp_path):
    """It looks in gradebook.db where it cannot read the configuration that names another."""
    unlock = "UPDATE notebook SET kernelspec = '{}'"
    course = new_course(tmp_path / "curso")
    usual = course.root / "gradebook.db"
    usual.write_bytes((published.root / "gradebook.db").read_bytes())
    with closing(sqlite3.connect(usual)) as book:
        book.execute(unlock)
        book.commit()
    config = course.root / "nbgrader_config.py"
    with config.open("a", encoding="utf-8") as out:
        out.write(f"\nc.CourseDirectory.db_url = 'sqlite:///{course.root / 'otro.db'}'\n")
    course = Course.at(course.root)
    assert lock_course(course) == [UNIT]
    with Gradebook(of_file(usual)) as book:
        assert open_units(book) == []
        assert lock_units(book) == []


def test_a_graded_cell_that_the_gradebook_does_not_know_saves_nothing(published):
    """All of it or nothing: the cells before that one are not marked either."""
    executed = solved()
    executed.cells[-1].metadata["nbgrader"] = {
        "grade": True, "grade_id": "nunca-publicada", "locked": True, "points": 2,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    executed.cells[-1].cell_type = "code"
    executed.cells[-1].outputs = []
    said: list = []
    with Recorder(published) as recorder:
        with pytest.raises(RuntimeError, match="«nunca-publicada»"):
            recorder.add(Submission("ana", UNIT), executed, _outcome("ana"), said.append)
        assert recorder.earlier("ana", UNIT) is None
    assert not said
    assert ("ana", UNIT) not in Records.load(published).outcomes
    assert Copies(published).digest("ana", UNIT) == ""


def test_what_stands_where_a_copy_goes_is_replaced_and_a_link_is_not_followed(published, tmp_path):
    """Or whoever can write there would have the grader empty another folder."""
    elsewhere = tmp_path / "de otro"
    elsewhere.mkdir()
    (elsewhere / "importante").write_text("sigue")
    copies = Copies(published)
    for put in (lambda path: path.symlink_to(elsewhere), lambda path: path.write_text("fichero")):
        place = published.autograded / "eva" / UNIT
        place.parent.mkdir(parents=True, exist_ok=True)
        put(place)
        put(published.autograded / ".nueva")
        digest = copies.write(Submission("eva", UNIT), solved())
        copies.put("eva", UNIT)
        assert copies.digest("eva", UNIT) == digest
        copies.settle()
        assert not place.is_symlink()
        assert (elsewhere / "importante").read_text() == "sigue"
        copies.recover(lambda *key: None)
        assert copies.digest("eva", UNIT) == digest
        (place / "convolucion.ipynb").unlink()
        place.rmdir()


def test_a_first_copy_whose_mark_could_not_be_saved_leaves_none(published):
    copies = Copies(published)
    copies.write(Submission("nueva", UNIT), solved())
    copies.put("nueva", UNIT)
    copies.undo()
    assert copies.digest("nueva", UNIT) == ""


def test_a_gradebook_that_another_program_made_meanwhile_is_kept(published):
    book = published.root / "gradebook.db"
    before = dump(book)
    database._create(book)
    assert dump(book) == before


def test_where_nothing_was_graded_there_is_nothing_to_lock_and_no_gradebook_is_made(course):
    assert lock_course(course) == []
    assert not (course.root / "gradebook.db").exists()


@pytest.mark.parametrize("spoilt", [b"", b"{", b"\xff\xfe", b"[]"])
def test_a_source_that_cannot_be_read_is_named(course, spoilt):
    folder = course.source / UNIT
    (folder / "convolucion.ipynb").write_bytes(spoilt)
    with pytest.raises(CursoError, match=r"no se puede leer .*convolucion\.ipynb"):
        check_source(folder, UNITS[UNIT])


def test_a_unit_without_its_source_is_named(course, tmp_path):
    with pytest.raises(CursoError, match=r"falta el cuaderno fuente .*convolucion\.ipynb"):
        check_source(tmp_path, UNITS[UNIT])


def dump(book) -> list[str]:
    with closing(sqlite3.connect(book)) as connection:
        return list(connection.iterdump())
