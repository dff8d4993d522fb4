"""Sin TensorFlow se califica lo demás, y de las unidades que lo necesitan no se pierde nada."""

from __future__ import annotations

import csv
import io
from importlib import metadata

import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from rich.console import Console
from stock_nbgrader import autograde_by_api

from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import GRADED, KEPT, UNGRADED, Outcome, Records
from autograder.nbgrader_ext.publishing import publish
from autograder.report.writing import write_report
from autograder.sandbox import flavours
from autograder.submission.execution import execute
from autograder.submission.kernel import SandboxError
from autograder.terminal.doctor import examine_course
from autograder.terminal.grading_view import grade_and_show

MAPS = "3_mapas_de_caracteristicas"
LINE = 'falta tensorflow, que viene con: pip install "curso-conv2d[keras]"'


@pytest.fixture
def without_tensorflow(monkeypatch):
    real = metadata.version

    def version(name: str) -> str:
        if name in ("tensorflow", "keras"):
            raise metadata.PackageNotFoundError(name)
        return real(name)

    flavours._lacking.cache_clear()
    monkeypatch.setattr(metadata, "version", version)
    yield
    flavours._lacking.cache_clear()


@pytest.fixture
def course(tmp_path):
    course = new_course(tmp_path, (UNIT, MAPS))
    for student in ("ana", "luis"):
        hand_in(course, student, untouched(MAPS), "mapas.ipynb", MAPS)
    return course


def graded(course, *units):
    out = io.StringIO()
    outcomes = []
    console = Console(file=out, width=300)
    grade_and_show(course, units or (UNIT, MAPS), console=console, each=outcomes.append)
    return {(one.student, one.unit): one for one in outcomes}, out.getvalue()


def test_the_other_units_are_graded_and_one_line_says_what_these_need(course, without_tensorflow):
    hand_in(course, "ana", solved())
    outcomes, text = graded(course)
    assert outcomes["ana", UNIT].state == GRADED
    assert outcomes["ana", UNIT].points == 20
    assert text.count("falta tensorflow") == 1
    assert f"aviso: {MAPS} no se puede calificar aquí y sus 2 entregas quedan para" in text
    assert LINE in text
    assert "1 entrega calificada y 2 sin poder calificar" in text
    # Nobody has a zero for it: in the report the unit counts when somebody has looked at it.
    assert [key for key in Records.load(course).outcomes if MAPS in key] == []
    with write_report(course)[1].open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["estudiante"], row["total"], row["sobre"]) == ("ana", "20", "20")
    assert not row.get(MAPS)


def test_a_mark_of_before_stays_as_it_was(course, without_tensorflow):
    hand_in(course, "ana", "no es un cuaderno")
    graded(course)
    before = Outcome("luis", MAPS, GRADED, 7.0, 20.0, copy="c")
    with open_gradebook(course) as gradebook:
        Records.add(gradebook, before)
        gradebook.add_student("luis")
        gradebook.add_submission(MAPS, "luis")
    outcomes, _ = graded(course)
    assert Records.load(course).outcomes["luis", MAPS] == before
    assert outcomes["luis", MAPS].state in (KEPT, UNGRADED)


def test_where_there_is_nothing_else_it_is_an_error(course, without_tensorflow):
    with pytest.raises(CursoError, match=f"no se puede calificar {MAPS}: falta tensorflow"):
        graded(course)
    assert Records.load(course).outcomes == {}


def test_by_the_other_doors_nothing_is_run_either(without_tensorflow):
    with pytest.raises(SandboxError, match="falta tensorflow"):
        execute(untouched(MAPS), Limits())


def test_nbgrader_and_formgraders_button_say_it_in_a_line_and_what_there_is_stays(
    course, without_tensorflow
):
    """Unit 1 is graded; of the other nothing is run, written over or worth a zero."""
    hand_in(course, "ana", solved())
    publish(course, [UNIT, MAPS])
    copy = course.autograded / "luis" / MAPS / "mapas.ipynb"
    copy.parent.mkdir(parents=True)
    copy.write_text("la de antes")
    assert autograde_by_api(course, UNIT, "ana")["success"]
    for student in ("ana", "luis"):
        answered = autograde_by_api(course, MAPS, student)
        assert not answered["success"]
        assert answered["log"].count(f"no se puede calificar {MAPS}: {LINE}") == 1
        assert "Traceback" not in answered["log"] + answered.get("error", "")
    assert copy.read_text() == "la de antes"
    assert not (course.autograded / "ana" / MAPS).exists()
    with open_gradebook(course) as gradebook:
        assert gradebook.find_submission(UNIT, "ana").score == 20
        assert not gradebook.assignment_submissions(MAPS)


def test_the_doctor_says_it_unit_by_unit(course, without_tensorflow):
    said = {finding.text: finding.good for finding in examine_course(course)}
    assert said[f"{MAPS} no se puede calificar aquí: {LINE}"] is False
    assert sum("se puede calificar aquí" in text for text in said) == 1


def test_with_it_nothing_is_put_off():
    assert flavours.KERAS.lacking() is None
    assert flavours.NUMPY.lacking() is None
