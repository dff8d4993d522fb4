"""What is wrong with a course is said in one line: its configuration, its folders, its sources."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import nbformat
import pytest
from classroom import ROOT, UNIT, cell, hand_in, new_course, solved
from stock_nbgrader import stock

from autograder import cli
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.course.in_force import check_in_force
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.lock import LOCK, open_units
from autograder.gradebook.own_tests import SOURCE_LOCK, stops_stock
from autograder.nbgrader_ext.publishing import publish
from autograder.terminal import doctor

RIGHT = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
LINES = RIGHT.count("\n")
OWN = "c = get_config()\n"
# What a configuration says, the words of the error, and its line where it has one.
BROKEN = {
    "a name without quotes": (f"{OWN}c.L.x = zero\n", "name 'zero' is not defined", 2),
    "a quote forgotten": (f"{OWN}c.L.x = 'zero\n", "SyntaxError", 2),
    "a module that is not there": ("import no_existe\n", "No module named 'no_existe'", 1),
    "lists of one's own": (f"{OWN}c.Autograde.sanitize_preprocessors = []\n", "RestoreCells", None),
    "another's exporter": (
        f"{OWN}c.Autograde.exporter_class = 'nbconvert.exporters.NotebookExporter'\n",
        *("SubmissionExporter", None),
    ),
}
JUDGE, STOCK = "autograder.nbgrader_ext.preprocessors.ExecuteWithJudge", "nbgrader.preprocessors"
BROKEN |= {
    "executed again outside": (
        f"{OWN}c.Autograde.autograde_preprocessors.append('{STOCK}.Execute')\n",
        *("ejecutaría las entregas sin recinto", None),
    ),
    "saved before it runs": (
        f"{OWN}c.Autograde.autograde_preprocessors = ['{STOCK}.SaveAutoGrades', '{JUDGE}']\n",
        *("no es lo primero", None),
    ),
}
VERBS = ("publicar", "calificar", "informe")


@pytest.fixture
def course(tmp_path):
    course = new_course(tmp_path / "curso")
    hand_in(course, "ana", solved())
    return course


def only_line(capsys, *arguments) -> str:
    assert cli.main([str(one) for one in arguments]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_names_file_line_and_error(verb, case, course, capsys):
    text, words, line = BROKEN[case]
    path = course.root / "nbgrader_config.py"
    path.write_text(RIGHT + text, encoding="utf-8")
    said = only_line(capsys, verb, "--curso", course.root)
    assert f"«{path}»" in said
    assert words in said
    assert line is None or f"línea {LINES + line} " in said
    assert not (course.root / "gradebook.db").exists()
    assert [found.text for found in doctor.examine_course(Course(course.root))] == [
        said.removeprefix("curso: ")
    ]


@pytest.mark.parametrize("verb", VERBS)
def test_without_any_configuration_they_say_so(verb, course, capsys):
    (course.root / "nbgrader_config.py").unlink()
    assert "falta nbgrader_config.py" in only_line(capsys, verb, "--curso", course.root)


@pytest.mark.parametrize("verb", VERBS)
def test_a_path_that_jupyter_would_change_is_refused(verb, course, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PRECIO", "caro")
    there = tmp_path / "a $PRECIO" / "curso"
    shutil.copytree(course.root, there)
    said = only_line(capsys, verb, "--curso", there)
    assert f"«{there}»" in said
    assert "cámbiale el nombre" in said
    # A dollar that is no variable's changes nothing.
    other = tmp_path / "100 $ y $NADIE_LA_PUSO" / "curso"
    shutil.copytree(course.root, other)
    check_in_force(Course(other))


def test_ones_own_additions_are_welcome(course):
    path = course.root / "nbgrader_config.py"
    path.write_text(f"{RIGHT}{OWN}c.LateSubmissionPlugin.penalty_method = 'zero'\n", "utf-8")
    check_in_force(Course(course.root))


def test_it_may_be_in_jupyters_own_folder(course, tmp_path, monkeypatch):
    """As on a hub, where an administrator wrote it."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    (tmp_path / "jupyter").mkdir()
    (course.root / "nbgrader_config.py").unlink()
    here = f"Path({str(course.root)!r})"
    text = RIGHT.replace("Path(__file__).parent", here)
    (tmp_path / "jupyter" / "nbgrader_config.py").write_text(text, encoding="utf-8")
    check_in_force(Course(course.root))


def renamed(course, name: str = "semana 1") -> None:
    (course.source / UNIT).rename(course.source / name)


def test_publishing_names_a_unit_under_another_name(course, capsys):
    renamed(course)
    said = only_line(capsys, "publicar", "--curso", course.root)
    assert "source/semana 1 no es el nombre de ninguna unidad" in said
    assert f"es {UNIT}: devuélvele ese nombre" in said


def test_grading_names_it_and_what_waits_for_it(course, capsys):
    renamed(course)
    assert cli.main(["calificar", "--curso", str(course.root)]) == 0
    said = capsys.readouterr().out
    assert "source/semana 1 no es el nombre de ninguna unidad" in said
    assert f"hay 1 entrega de {UNIT} que no se califican" in said


def test_a_folder_that_is_no_unit_is_only_mentioned(course, capsys):
    (course.source / "ideas").mkdir()
    nbformat.write(nbformat.v4.new_notebook(), course.source / "ideas" / "borrador.ipynb")
    (course.source / "figuras").mkdir()
    shutil.copytree(course.source / UNIT, course.source / "1_convolucion (copia)")
    assert cli.main(["publicar", "--curso", str(course.root)]) == 0
    said = capsys.readouterr().out
    assert "aviso: source/ideas no es ninguna unidad de este curso" in said
    assert f"aviso: source/1_convolucion (copia) parece una copia de {UNIT}" in said
    assert "figuras" not in said


def test_nbgrader_does_not_take_it_for_a_unit_either(course):
    renamed(course, "semana_1")
    answered = stock(course).generate_assignment("semana_1", force=True)
    assert not answered["success"]
    assert f"es {UNIT}: devuélvele ese nombre" in answered["log"]
    assert not (course.root / "release").exists()


def test_in_a_fresh_clone_nbgrader_does_not_skip_the_unit_in_silence(course):
    """``release/`` is in the clone, and the gradebook is not."""
    shutil.copytree(ROOT / "release" / UNIT, course.release / UNIT)
    answered = stock(course).generate_assignment(UNIT, force=False)
    assert not answered["success"]
    assert "no está en el libro de notas" in answered["log"]
    assert f"curso publicar {UNIT}" in answered["log"]
    # Nor does it grade what it does not know.
    graded = stock(course).autograde(UNIT, "ana")
    assert not graded["success"]
    assert f"{UNIT} no está en el libro de notas: ejecuta curso publicar {UNIT}" in graded["log"]
    # With what it says, it works; and then it is told that nothing changes.
    publish(course, [UNIT])
    again = stock(course).generate_assignment(UNIT, force=False)
    assert again["success"]
    assert "se queda como está" in again["log"]
    assert stock(course).autograde(UNIT, "ana")["success"]


def test_doctor_finds_a_good_course_good_and_locks_an_old_gradebook(course):
    publish(course, [UNIT])
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        book.execute("UPDATE notebook SET kernelspec = ?", ('{"name": "python3"}',))
    findings = list(doctor.examine_course(Course(course.root)))
    assert [found.text for found in findings if not found.good] == []
    assert any(f"ya lo tiene ({UNIT})" in found.text for found in findings)
    with open_gradebook(course) as gradebook:
        assert open_units(gradebook) == []


def test_doctor_names_what_is_wrong_with_the_sources(course, capsys):
    path = course.source / UNIT / "convolucion.ipynb"
    notebook = nbformat.read(path, as_version=4)
    solution = cell(notebook, "correlacion2d-solucion")
    solution.source = "\n".join(
        line for line in solution.source.splitlines() if line.strip() != SOURCE_LOCK
    )
    nbformat.write(notebook, path)
    assert cli.main(["publicar", "--curso", str(course.root)]) == 0
    assert "aviso: source/1_convolucion no tiene cerrojo" in capsys.readouterr().out
    (course.source / "2_filtros").mkdir()
    bad = [found.text for found in doctor.examine_course(Course(course.root)) if not found.good]
    assert any("1_convolucion no tiene cerrojo" in text and SOURCE_LOCK in text for text in bad)
    assert any("falta el cuaderno fuente" in text for text in bad)


def test_a_unit_registered_under_another_name_is_locked_too(course):
    """By an earlier version, when its folder had that name."""
    publish(course, [UNIT])
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        book.execute("UPDATE assignment SET name = 'semana_1'")
        book.execute("UPDATE notebook SET kernelspec = ?", ('{"name": "python3"}',))
    list(doctor.examine_course(Course(course.root)))
    with open_gradebook(course) as gradebook:
        assert open_units(gradebook) == []
        kernel = gradebook.find_notebook("convolucion", "semana_1").kernelspec
        assert json.loads(kernel)["name"] == [LOCK]


def test_a_gradebook_that_the_course_had_before_is_locked_too(course):
    """Without the line that names another, nbgrader would look there."""
    publish(course, [UNIT])
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        book.execute("UPDATE notebook SET kernelspec = ?", ('{"name": "python3"}',))
    (course.root / "nbgrader_config.py").write_text(
        f"{RIGHT}{OWN}c.CourseDirectory.db_url = 'sqlite:///{course.root / 'otro.db'}'\n", "utf-8"
    )
    grade(Course(course.root), [UNIT])
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        ((kernel,),) = book.execute("SELECT kernelspec FROM notebook")
    assert "python3" not in kernel


def test_every_source_of_the_course_stops_a_stranger():
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        assert stops_stock(path), path
        release = ROOT / "release" / path.parent.name / path.name
        assert "BEGIN SOLUTION" not in release.read_text("utf-8")


def test_an_unknown_unit_is_refused_by_its_name(course):
    with pytest.raises(CursoError, match="no existe la unidad «9»"):
        course.units(["9"])
    answered = stock(course).autograde("9_otra", "ana")
    assert "«9_otra» no es ninguna unidad de este curso" in answered["log"]
