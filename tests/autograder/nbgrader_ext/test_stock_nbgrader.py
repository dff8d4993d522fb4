"""Stock nbgrader and formgrader's button give the marks of ``curso``, and copy no other file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from classroom import ROOT, UNIT, answer, cell, hand_in, new_course, solved, untouched
from stock_nbgrader import autograde_by_api, saved, stock

from autograder.checks import UNITS
from autograder.classroom.grading import grade
from autograder.gradebook.records import GRADED
from autograder.nbgrader_ext.publishing import publish

MAPS, HOMEWORK = "3_mapas_de_caracteristicas", "5_fashion_mnist"
CATALOGUE = ROOT / "tests" / "catalogue"
WRONG = {
    UNIT: ("conv2d", "zeros_of_the_right_shape"),
    "2_filtros": ("parametros_conv2d", None),
    MAPS: ("capa_basica", "without_relu"),
    "4_padding": ("conv2d", None),
    HOMEWORK: ("parametros_totales", "kernels_only"),
}
HOSTILE = """
import os, sys
import numpy as np
print("por stderr", file=sys.stderr)
np.allclose = np.array_equal = lambda *a, **k: True
try:
    print(open("@SECRETO@").read(), os.listdir("@CURSO@"))
except OSError as error:
    print(error)

class Same:
    def __eq__(self, other):
        return True

def everything(*args, **kwargs):
    return Same()

import builtins
builtins.comprobar = lambda *a: None
get_ipython().set_custom_exc((Exception,), lambda *a, **k: [])
"""


def wrong(unit: str):
    """Solved, but for one function."""
    function, name = WRONG[unit]
    notebook = solved(unit)
    known = sorted((CATALOGUE / unit / function / "wrong").glob(f"{name or '*'}.py"))
    return answer(notebook, function, known[0].read_text(encoding="utf-8"))


def hostile(unit: str, course):
    notebook = untouched(unit)
    first = next(one for one in notebook.cells if one.id.endswith("-solucion"))
    first.source = HOSTILE.replace("@CURSO@", str(course.root)).replace(
        "@SECRETO@", str(course.root.parent / "secreto.txt")
    )
    for one in notebook.cells:
        if one.cell_type == "code" and one.id.endswith("-comprobacion"):
            one.source = "100"
            one.metadata.nbgrader.points = 1000
    return notebook


def class_of(folder: Path, units):
    folder.mkdir()
    course = new_course(folder / "curso", tuple(units))
    (folder / "secreto.txt").write_text("canario")
    for unit in units:
        name = f"{course.notebook(unit)}.ipynb"
        hand_in(course, "honesta", solved(unit), name, unit)
        hand_in(course, "equivocada", wrong(unit), name, unit)
        hand_in(course, "hostil", hostile(unit, course), name, unit)
        hand_in(course, "O'Connor & Ana", untouched(unit), name, unit)
    return course


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same class graded by ``curso`` and by formgrader's button."""
    top = tmp_path_factory.mktemp("paridad")
    ours, theirs = (class_of(top / name, UNITS) for name in ("curso", "nbgrader"))
    outcomes = grade(ours, UNITS, processes=2)
    assert {outcome.state for outcome in outcomes} == {GRADED}
    publish(theirs, UNITS)
    for unit in UNITS:
        for student in sorted({outcome.student for outcome in outcomes}):
            answered = autograde_by_api(theirs, unit, student)
            assert answered["success"], answered
    return ours, theirs


@pytest.mark.parametrize("unit", UNITS)
def test_both_give_the_same_marks_cell_by_cell(both, unit):
    ours, theirs = (saved(course, unit) for course in both)
    assert ours == theirs
    totals = {
        student: sum(marks[0] or 0 for (who, _), marks in ours.items() if who == student)
        for student in ("honesta", "equivocada", "hostil", "O'Connor & Ana")
    }
    # Of the homework, four points are a reader's; of the fourth unit, four are extra.
    most = {HOMEWORK: 13, "4_padding": 24}.get(unit, 20)
    assert totals["honesta"] == most
    assert 0 < totals["equivocada"] < most
    assert totals["hostil"] == totals["O'Connor & Ana"] == 0


def test_nothing_of_the_machine_is_in_what_either_keeps(both):
    for course in both:
        for path in course.autograded.rglob("*"):
            assert path.is_dir() or "canario" not in path.read_text("utf-8"), path


def _linked_file(folder, secret):
    hand_in_copy(folder)
    (folder / "datos.txt").symlink_to(secret)
    (folder / "carpeta").symlink_to(secret.parent)
    os.link(secret, folder / "otro.txt")


def _linked_notebook(folder, secret):
    folder.mkdir(parents=True)
    (folder / "convolucion.ipynb").symlink_to(secret.parent / "bueno.ipynb")


def _hard_linked_notebook(folder, secret):
    folder.mkdir(parents=True)
    os.link(secret.parent / "bueno.ipynb", folder / "convolucion.ipynb")


def _linked_folder(folder, secret):
    folder.parent.mkdir(parents=True)
    folder.symlink_to(folder.parents[1] / "buena" / UNIT)


def _pipe(folder, secret):
    folder.mkdir(parents=True)
    os.mkfifo(folder / "convolucion.ipynb")


def hand_in_copy(folder: Path) -> None:
    import nbformat

    folder.mkdir(parents=True)
    nbformat.write(solved(), folder / "convolucion.ipynb")


LINKS = {
    _linked_file: 20,
    _linked_notebook: None,
    _hard_linked_notebook: None,
    _linked_folder: None,
    _pipe: None,
}


@pytest.mark.parametrize("make", LINKS, ids=lambda make: make.__name__.strip("_"))
def test_stock_nbgrader_copies_nothing_through_a_link(make, tmp_path):
    import nbformat

    course = new_course(tmp_path / "curso")
    secret = tmp_path / "secreto.txt"
    secret.write_text("canario")
    nbformat.write(solved(), tmp_path / "bueno.ipynb")
    publish(course, [UNIT])
    hand_in_copy(course.submitted / "buena" / UNIT)
    make(course.submitted / "eva" / UNIT, secret)
    answered = autograde_by_api(course, UNIT, "eva")
    earned = LINKS[make]
    assert answered["success"] == (earned is not None), answered
    kept = [path for path in course.autograded.rglob("*") if path.is_file()]
    kept = [path for path in kept if path.name != ".calificando"]  # The lock is nobody's work.
    assert [path.name for path in kept] == (["convolucion.ipynb"] if earned else [])
    total = sum(marks[0] or 0 for marks in saved(course, UNIT).values())
    assert total == (earned or 0)


def test_the_time_handed_in_is_kept_and_newer_work_is_graded_again(tmp_path):
    course = new_course(tmp_path)
    publish(course, [UNIT])
    for when, work, points in (("10:00", untouched(), 0), ("11:00", solved(), 20)):
        hand_in(course, "ana", work)
        hand_in(course, "ana", f"2026-05-04 {when}:00 UTC\n", "timestamp.txt")
        answered = stock(course).autograde(UNIT, "ana", force=False)
        assert answered["success"], answered
        copy = course.autograded / "ana" / UNIT / "timestamp.txt"
        assert when in copy.read_text()
        assert sum(marks[0] or 0 for marks in saved(course, UNIT).values()) == points


def test_the_homework_finds_its_weights_beside_it_in_both(tmp_path):
    ours, theirs = (new_course(tmp_path / name, (HOMEWORK,)) for name in ("curso", "nbgrader"))
    notebook = untouched(HOMEWORK)
    cell(notebook, "parametros-totales-solucion").source = (
        "peso = open('cnn.weights.h5', 'rb').read()\n"
        "def parametros_totales(modelo):\n"
        "    total = sum(arreglo.size for arreglo in modelo.get_weights())\n"
        "    return total if peso == b'pesos' else 0"
    )
    publish(theirs, [HOMEWORK])
    for course in (ours, theirs):
        hand_in(course, "ana", notebook, "tarea.ipynb", HOMEWORK)
        hand_in(course, "ana", b"pesos", "cnn.weights.h5", HOMEWORK)
    grade(ours, [HOMEWORK])
    assert autograde_by_api(theirs, HOMEWORK, "ana")["success"]
    assert saved(ours, HOMEWORK) == saved(theirs, HOMEWORK)
    assert saved(ours, HOMEWORK)["ana", "parametros-totales-comprobacion"][0] == 3
