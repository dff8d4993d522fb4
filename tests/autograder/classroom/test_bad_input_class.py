"""A class where most hand in something broken: each gets a reason, and nobody pays for others."""

import os

import pytest
from classroom import FIXTURES, UNIT, answer, hand_in, new_course, solved

from autograder.classroom.grading import grade
from autograder.common.limits import Limits
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.marks import marks_of
from autograder.gradebook.records import GRADED, KEPT, UNGRADED, Records
from autograder.submission.folder import strangers

ODD_NAMES = ("-guion", "José Ñandú (2)", "[a-z]*", " con espacios ", "100%_nada", "日本語")
READABLE = (
    "nbformat-3",
    "nbformat-4.0",
    "colab",
    "vscode-sin-nbgrader",
    "celdas-duplicadas",
    "sin-metadatos-ni-ids",
    "nan-y-campos-rotos",
)
BROKEN = ("cortado", "vacio", "pagina-web", "version-desconocida", "no-es-utf8")


def _fill(course, outside):
    """Write everybody's work; ``outside`` is a folder that no submission may reach."""
    half = answer(solved(), "conv2d", "def conv2d(x, kernel, bias):\n    return x")
    hand_in(course, "buena", solved())
    for name in ODD_NAMES:
        hand_in(course, name, half)
    for name in (*READABLE, *BROKEN):
        hand_in(course, name, (FIXTURES / "notebooks" / f"{name}.ipynb").read_bytes())
    hand_in(course, "renombrado", solved(), "convolucion (1).ipynb")
    hand_in(course, "con su nombre", solved(), "Convolucion_ana.IPYNB")
    hand_in(course, "bueno y roto", solved(), "convolucion (2).ipynb")
    hand_in(course, "bueno y roto", "{", "convolucion.ipynb")
    hand_in(course, "de otra cosa", '{"nbformat": 4, "cells": []}', "apuntes.ipynb")
    (course.submitted / "sin cuaderno" / UNIT).mkdir(parents=True)
    with hand_in(course, "enorme", "{").open("r+b") as file:
        file.truncate(30 << 20)

    secret = hand_in(new_course(outside), "ajeno", solved())
    (course.submitted / "enlace").symlink_to(secret.parents[1], target_is_directory=True)
    (course.submitted / "enlace a la unidad").mkdir()
    (course.submitted / "enlace a la unidad" / UNIT).symlink_to(secret.parent)
    linked = course.submitted / "enlace al cuaderno" / UNIT
    linked.mkdir(parents=True)
    (linked / "convolucion.ipynb").symlink_to(secret)
    piped = course.submitted / "tuberia" / UNIT
    piped.mkdir(parents=True)
    os.mkfifo(piped / "convolucion.ipynb")

    cluttered = hand_in(course, "con archivos ajenos", solved()).parent
    (cluttered / "gradebook.db").write_bytes(b"SQLite format 3\0 pero falso")
    (cluttered / "numpy.py").write_text("raise SystemExit('soy otro numpy')")
    (cluttered / "enlace.txt").symlink_to("/etc/hostname")
    (cluttered / "carpeta" / "dentro").mkdir(parents=True)
    (cluttered / "timestamp.txt").write_text("ayer por la tarde")
    (course.submitted / "suelto.zip").write_bytes(b"PK")
    (course.submitted / "buena" / "1_convolución").mkdir()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("curso"))
    hand_in(course, "antes bien", solved())
    grade(course, [UNIT])
    hand_in(course, "antes bien", "esto ya no es un cuaderno")
    _fill(course, tmp_path_factory.mktemp("fuera"))
    outcomes = {one.student: one for one in grade(course, [UNIT], limits=Limits(30, 200))}
    return course, outcomes


@pytest.fixture(scope="module")
def outcomes(graded):
    return graded[1]


def saved(course, student):
    with open_gradebook(course) as gradebook:
        return marks_of(gradebook, student, UNIT)


@pytest.mark.parametrize("student", ["buena", "con archivos ajenos"])
def test_good_work_among_bad_earns_everything(graded, student):
    course, outcomes = graded
    assert (outcomes[student].state, outcomes[student].points) == (GRADED, 20)
    assert saved(course, student).points == 20
    assert (course.autograded / student / UNIT / "convolucion.ipynb").is_file()


@pytest.mark.parametrize("student", ODD_NAMES)
def test_odd_names_are_graded_like_any_other(graded, student):
    course, outcomes = graded
    assert (outcomes[student].state, outcomes[student].points) == (GRADED, 13)
    assert saved(course, student).points == 13
    assert [p.name for p in (course.autograded / student).iterdir()] == [UNIT]


@pytest.mark.parametrize("name", READABLE)
def test_what_any_tool_saved_keeps_its_points(outcomes, name):
    assert (outcomes[name].state, outcomes[name].points) == (GRADED, 8)


@pytest.mark.parametrize(
    ("student", "note"),
    [
        ("renombrado", "se llama «convolucion (1).ipynb»; se esperaba convolucion.ipynb"),
        ("con su nombre", "se llama «Convolucion_ana.IPYNB»"),
        ("bueno y roto", "convolucion.ipynb no es JSON válido"),
    ],
)
def test_renamed_notebooks_are_recognised_by_their_cells(outcomes, student, note):
    assert outcomes[student].points == 20
    assert note in outcomes[student].notes[0]


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("cortado", "no es JSON válido"),
        ("vacio", "está vacío"),
        ("pagina-web", "es una página web"),
        ("version-desconocida", "no se conoce: 7"),
        ("no-es-utf8", "no está en UTF-8"),
        ("sin cuaderno", "no hay ningún cuaderno"),
        ("de otra cosa", "«apuntes.ipynb» no tiene celdas de esta unidad"),
        ("enorme", "pesa 30 MB y se admiten 20"),
        ("enlace", "es un enlace simbólico"),
        ("enlace a la unidad", "es un enlace simbólico"),
        ("enlace al cuaderno", "es un enlace simbólico"),
        ("tuberia", "no es un archivo corriente"),
    ],
)
def test_what_cannot_be_graded_gets_a_reason_and_no_mark(graded, student, reason):
    course, outcomes = graded
    assert outcomes[student].state == UNGRADED
    assert reason in outcomes[student].problem
    assert saved(course, student) is None
    assert not (course.autograded / student).exists()


def test_an_earlier_mark_is_not_lost(graded):
    course, outcomes = graded
    assert (outcomes["antes bien"].state, outcomes["antes bien"].points) == (KEPT, 20)
    assert "empieza por «esto ya no es un cuaderno»" in outcomes["antes bien"].problem
    assert saved(course, "antes bien").points == 20
    assert (course.autograded / "antes bien" / UNIT / "convolucion.ipynb").is_file()


def test_files_that_do_not_belong_stay_behind(graded):
    course, outcomes = graded
    folder = course.autograded / "con archivos ajenos" / UNIT
    assert [path.name for path in folder.iterdir()] == ["convolucion.ipynb"]
    assert "timestamp.txt no es una fecha: no se tiene en cuenta" in (
        outcomes["con archivos ajenos"].notes
    )


def test_what_belongs_to_no_unit_is_pointed_out(graded):
    course, _ = graded
    assert strangers(course) == [
        "submitted/buena/1_convolución: no es ninguna unidad, y no se califica",
        "submitted/suelto.zip: no es la carpeta de nadie",
    ]


def test_the_records_tell_the_same_afterwards(graded):
    course, outcomes = graded
    remembered = Records.load(course).outcomes
    assert {student for student, _ in remembered} == set(outcomes)
    assert remembered["cortado", UNIT] == outcomes["cortado"]
