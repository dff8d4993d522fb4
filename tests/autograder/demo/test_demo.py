"""``curso demo``: its class hands in, is graded, and its table would not hide a wrong mark."""

import shutil
from dataclasses import replace

import pytest
from classroom import ROOT, new_course

from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.course.variants import alike
from autograder.demo import run as demo
from autograder.demo.students import STUDENTS

UNIT = "1_convolucion"


def some(*names):
    return tuple(student for student in STUDENTS if student.name in names)


@pytest.fixture
def model(tmp_path):
    return new_course(tmp_path / "modelo")


def test_the_class_has_at_least_eight_students_over_all_five_units():
    assert len(STUDENTS) >= 8
    assert len({student.name for student in STUDENTS}) == len(STUDENTS)
    units = {work.unit for student in STUDENTS for work in student.works}
    assert units == set(Course.at(ROOT).units())


def test_what_each_deserves_is_known_beforehand():
    course = Course.at(ROOT)
    deserved = {s.name: s.works[0].expected(course) for s in STUDENTS}
    assert deserved["Ana Torres"] == 20
    assert deserved["Carla Núñez"] == 4
    assert deserved["Diego Peña"] == 14.4
    assert deserved["Fabián Soto"] == deserved["Noelia Cruz"] == 0


def test_right_flipped_and_forged_work_get_their_marks(model, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "STUDENTS", some("Bruno Díaz", "Carla Núñez", "Noelia Cruz"))
    monkeypatch.setenv("COLUMNS", "120")
    assert demo.run(model, tmp_path / "demo", quick=True) == 0
    shown = capsys.readouterr().out
    assert "todas las notas son las esperadas" in shown
    assert (tmp_path / "demo" / "informe" / "index.html").is_file()
    # And again over itself.
    monkeypatch.setattr(demo, "STUDENTS", some("Noelia Cruz"))
    assert demo.run(model, tmp_path / "demo", quick=True) == 0


def test_nothing_that_the_course_asks_is_asked_of_its_demonstration(model, tmp_path, monkeypatch):
    """Its marks do not go to the course's gradebook, nor its students to the course's folders."""
    away = tmp_path / "lejos"
    home = tmp_path / "jupyter"
    home.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home))
    (home / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.autograded_directory = {str(away)!r}\n"
        "c.Curso.escala = {'maximo': 7}\n"
    )
    config = model.root / "nbgrader_config.py"
    config.write_text(
        config.read_text()
        + f"""
c = get_config()
c.Curso.variantes = True
c.Curso.escala = {{"maximo": 10, "pesos": {{"9_propia": 1}}}}
c.CourseDirectory.db_url = "postgresql+psycopg://curso@servidor.ejemplo.edu/curso"
c.CourseDirectory.source_directory = "ejercicios"
c.CourseDirectory.submitted_directory = {str(away)!r}
c.CourseDirectory.course_id = "vision"
"""
    )
    (model.root / "source").rename(model.root / "ejercicios")
    theirs = Course.at(model.root)
    assert theirs.with_variants
    assert theirs.submitted == away
    folder = tmp_path / "demo"
    course = demo._new_course(theirs, folder, [UNIT])
    assert course.database_url == f"sqlite:///{folder / 'gradebook.db'}"
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        assert getattr(course, step) == folder / step
    assert (course.with_variants, course.scale, alike(course.config)) == ((), None, {})
    assert course.units() == [UNIT]


def test_a_unit_of_the_instructors_own_stays_out_of_it(model, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "STUDENTS", some("Carla Núñez"))
    monkeypatch.setenv("COLUMNS", "120")
    shutil.copytree(ROOT / "docs" / "ejemplos" / "6_rejilla", model.source / "6_rejilla")
    (model.source / "6_rejilla" / "comprobaciones.py").write_text("1 / 0")
    assert demo.run(model, tmp_path / "demo", quick=True) == 0
    assert "1 unidades publicadas" in capsys.readouterr().out


def test_a_mark_that_is_not_the_expected_one_fails_it(model, tmp_path, monkeypatch, capsys):
    (carla,) = some("Carla Núñez")
    work = replace(carla.works[0], shares={})
    monkeypatch.setattr(demo, "STUDENTS", (replace(carla, works=(work,)),))
    monkeypatch.setenv("COLUMNS", "120")
    assert demo.run(model, tmp_path / "demo", quick=True) == 1
    assert "✘ 4 (esperada 20)" in capsys.readouterr().out


def test_a_folder_with_something_else_is_not_touched(model, tmp_path):
    precious = tmp_path / "mio" / "tesis.txt"
    precious.parent.mkdir()
    precious.write_text("tres años")
    with pytest.raises(CursoError, match="elige otra con --carpeta"):
        demo.run(model, precious.parent, quick=True)
    assert precious.read_text() == "tres años"
