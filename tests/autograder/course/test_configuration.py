"""One configuration, read as nbgrader reads it: marks are where an instructor says, and nowhere
else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from classroom import UNIT, hand_in, new_course, solved
from nbgrader.api import Gradebook
from stock_nbgrader import autograde

from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course import database_url
from autograder.course.configuration import FILE
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext.publishing import publish

BIN = Path(sys.executable).parent


def configured(course: Course, lines: str) -> Course:
    with (course.root / FILE).open("a", encoding="utf-8") as file:
        file.write(f"\nc = get_config()\n{lines}\n")
    return Course.at(course.root)


def students(url: str, course_id: str) -> set[str]:
    with Gradebook(url, course_id) as gradebook:
        assert gradebook.find_assignment(UNIT).course_id == course_id
        return {found.student.id for found in gradebook.assignment_submissions(UNIT)}


def test_everybody_writes_to_the_one_gradebook_and_folders_that_are_configured(tmp_path):
    """Published and graded by ``curso``, then by stock nbgrader, which adds to the same class."""
    elsewhere = tmp_path / "notas" / "mi libro.db"
    elsewhere.parent.mkdir()
    course = configured(
        new_course(tmp_path / "curso"),
        f'c.CourseDirectory.db_url = "sqlite:///{elsewhere}"\n'
        'c.CourseDirectory.course_id = "cnn-2026"\n'
        'c.CourseDirectory.submitted_directory = "entregado"\n'
        'c.CourseDirectory.autograded_directory = "calificado"',
    )
    (course.root / "submitted").rmdir()
    publish(course, [UNIT])
    hand_in(course, "ana", solved())
    assert (course.root / "entregado" / "ana").is_dir()
    assert [one.points for one in grade(course, [UNIT])] == [20]
    hand_in(course, "beto", solved())
    autograde(course)
    assert students(f"sqlite:///{elsewhere}", "cnn-2026") == {"ana", "beto"}
    assert {path.name for path in (course.root / "calificado").glob("[!.]*")} == {"ana", "beto"}
    for name in ("gradebook.db", "submitted", "autograded"):
        assert not (course.root / name).exists()


def test_the_command_line_of_nbgrader_moves_the_gradebook_for_our_pieces_too(tmp_path):
    course = new_course(tmp_path / "curso")
    publish(course, [UNIT])
    (course.root / "gradebook.db").rename(tmp_path / "otro.db")
    hand_in(course, "ana", solved())
    autograde(course, f"--db=sqlite:///{tmp_path / 'otro.db'}")
    with Gradebook(f"sqlite:///{tmp_path / 'otro.db'}") as gradebook:
        assert gradebook.find_submission(UNIT, "ana").score == 20
    assert not (course.root / "gradebook.db").exists()


def test_the_configuration_of_the_person_counts_and_the_courses_wins(tmp_path, monkeypatch):
    mine = tmp_path / "jupyter"
    mine.mkdir()
    (mine / FILE).write_text(
        "c = get_config()\n"
        'c.CourseDirectory.db_url = "sqlite:///relativo.db"\n'
        'c.NbGrader.course_id = "nombre-antiguo"\n'
        'c.LateSubmissionPlugin.penalty_method = "zero"\n'
    )
    (mine / "nbgrader_config.json").write_text('{"LimitOutput": {"max_lines": 7}}')
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(mine))
    course = new_course(tmp_path / "curso")
    assert course.database_url == f"sqlite:///{course.root / 'relativo.db'}"
    assert course.course_id == "nombre-antiguo"
    assert course.config.LateSubmissionPlugin.penalty_method == "zero"
    assert course.config.LimitOutput.max_lines == 7
    course = configured(course, 'c.CourseDirectory.course_id = "del-curso"')
    assert course.course_id == "del-curso"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('c.CourseDirectory.course_id = "2026', "línea 10 (SyntaxError"),
        ("\n\nc.CourseDirectory.course_id = año", "línea 12 (NameError"),
        ("import no_existe", "línea 10 (ModuleNotFoundError"),
        ("raise SystemExit(3)", "línea 10 (SystemExit"),
        ("c.CourseDirectory.db_url = 5", "no admite"),
        ('c.CourseDirectory.db_url = "no es una dirección"', "no se entiende"),
        ('c.CourseDirectory.db_url = "inventada://h/b"', "falta el paquete"),
        ('c.CourseDirectory.root = "/otro/curso"', "la carpeta del curso es «/otro/curso»"),
        ('c.CourseDirectory.directory_structure = "{student_id}/{nbgrader_step}"', "orden"),
    ],
)
def test_a_configuration_that_cannot_be_obeyed_is_one_spanish_line(lines, said, tmp_path):
    course = new_course(tmp_path / "curso")
    with pytest.raises(CursoError) as refused:
        open_gradebook(configured(course, lines))
    assert said in refused.value.args[0]
    assert "\n" not in refused.value.args[0]
    assert not (course.root / "gradebook.db").exists()


def test_a_plug_in_beside_the_configuration_is_found_from_any_folder(tmp_path):
    course = new_course(tmp_path / "curso")
    (course.root / "mi_politica.py").write_text('NOMBRE = "importada"\n')
    configured(course, "from mi_politica import NOMBRE\nc.CourseDirectory.course_id = NOMBRE")
    run = subprocess.run(
        [BIN / "python", "-c", f"from autograder.course.folder import Course\n"
         f"print(Course.at({str(course.root)!r}).course_id)"],
        cwd=tmp_path, capture_output=True, text=True, env=os.environ,
    )  # fmt: skip
    assert run.stdout.strip() == "importada", run.stderr


@pytest.mark.parametrize(
    "name", ["Curso ¿qué? 2026", "[2026] CNN", "CNN #1", "100%41", "a&b=c", "a@b:c", "x?timeout=1"]
)
def test_an_address_holds_any_file(name, tmp_path):
    """Of SQLAlchemy is asked the file that it opens."""
    from sqlalchemy import make_url

    path = tmp_path / name / "gradebook.db"
    assert make_url(database_url.of_file(path)).database == str(path)
    default = database_url.from_root(f"sqlite:///{path}", path.parent)
    assert make_url(default).database == str(path)
    assert not make_url(default).query
