"""Tests of the instructor's own are refused by name, by every door; nobody gets a silent 0."""

from __future__ import annotations

import nbformat
import pytest
from classroom import UNIT, cell, hand_in, new_course, solved
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.preprocessors import SaveCells
from stock_nbgrader import stock

from autograder import cli
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext import before_nbgrader, preprocessors
from autograder.nbgrader_ext.publishing import publish


def marks(name: str, **changed) -> dict:
    fields = {"grade_id": name, "grade": True, "solution": False, "locked": True, "task": False}
    return {"nbgrader": fields | {"schema_version": 3, "points": 2} | changed}


def own(name: str, source: str, **changed):
    """A code cell as JupyterLab's «Create Assignment» makes it."""
    return new_code_cell(source, id=name, metadata=marks(name, **changed))


HIDDEN = """\
assert correlacion2d(np.ones((3, 3)), np.ones((2, 2))).shape == (2, 2)
### BEGIN HIDDEN TESTS
assert correlacion2d(np.ones((3, 3)), np.ones((2, 2))).sum() == 16
### END HIDDEN TESTS
"""
REGION = "### BEGIN HIDDEN TESTS\n1/0\n### END HIDDEN TESTS"
CALL = 'comprobar("1_convolucion.conv2d", conv2d)'


def added(*cells):
    return lambda notebook: notebook.cells.extend(cells)


def changed(name: str, source: str):
    def change(notebook):
        cell(notebook, name).source = source

    return change


# What an instructor does to the unit, the cell that is named, and what is said of it.
REFUSED = {
    "a hidden test of one's own": (added(own("mi-prueba", HIDDEN)), "mi-prueba", "HIDDEN"),
    "a test of one's own": (added(own("mi-prueba", "assert True")), "mi-prueba", "pruebas propias"),
    "one worth nothing": (
        added(own("mi-prueba", "assert True", points=0)),
        *("mi-prueba", "pruebas propias"),
    ),
    "hidden beside the call": (
        changed("conv2d-comprobacion", f"{CALL}\n{REGION}"),
        *("conv2d-comprobacion", "HIDDEN"),
    ),
    "hidden in a cell that is not graded": (
        changed("preparacion", f"import numpy as np\n{REGION}"),
        *("preparacion", "HIDDEN"),
    ),
    "a test that nbgrader would write": (
        changed("conv2d-comprobacion", f"{CALL}\n### AUTOTEST conv2d(1, 2, 3)"),
        *("conv2d-comprobacion", "AUTOTEST"),
    ),
    "an assert beside the call": (
        changed("conv2d-comprobacion", f"{CALL}\nassert conv2d is not None"),
        *("conv2d-comprobacion", "algo más"),
    ),
    "a call that may not come": (
        changed("conv2d-comprobacion", f"if conv2d:\n    {CALL}"),
        *("conv2d-comprobacion", "algo más"),
    ),
    "an unknown check": (
        changed("conv2d-comprobacion", 'comprobar("1_convolucion.conv3d", conv2d)'),
        *("conv2d-comprobacion", "1_convolucion.conv3d"),
    ),
    "another unit's check": (
        changed("conv2d-comprobacion", 'comprobar("4_padding.conv2d", conv2d)'),
        *("conv2d-comprobacion", "otra unidad"),
    ),
    "the same check twice": (added(own("otra-vez", CALL)), "otra-vez", "la misma comprobación"),
}


def course_with(change, folder):
    course = new_course(folder)
    path = course.source / UNIT / "convolucion.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    return course


def registered_by_an_earlier_version(course, monkeypatch) -> None:
    """nbgrader's own registering, with nothing in front."""
    with monkeypatch.context() as patch:
        patch.setattr(before_nbgrader, "check_source", lambda *a: None)
        patch.setattr(preprocessors.SaveCells, "preprocess", SaveCells.preprocess)
        # It registers before it finds fault with a hidden test in a cell without points.
        stock(course).generate_assignment(UNIT)


@pytest.mark.parametrize("case", REFUSED)
def test_no_door_takes_it(case, tmp_path, monkeypatch, capsys):
    change, name, words = REFUSED[case]
    course = course_with(change, tmp_path / "curso")
    hand_in(course, "ana", solved())

    def says(text: str) -> None:
        assert f"«{name}»" in text, text
        assert words in text, text

    with pytest.raises(CursoError) as refusal:
        publish(course, [UNIT])
    says(refusal.value.args[0])
    generated = stock(course).generate_assignment(UNIT, force=True)
    assert not generated["success"]
    says(generated["log"])
    # A gradebook may hold it already.
    registered_by_an_earlier_version(course, monkeypatch)
    assert cli.main(["calificar", "--curso", str(course.root)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    says(line)
    assert f"nbgrader db assignment remove {UNIT} --force" in line
    graded = stock(course).autograde(UNIT, "ana")
    assert not graded["success"]
    says(graded["log"])
    with open_gradebook(course) as gradebook:
        assert all(
            one.auto_score is None
            for found in gradebook.assignment_submissions(UNIT)
            for one in found.notebooks[0].grades
        )


def test_the_way_out_that_is_given_works(tmp_path, monkeypatch):
    course = course_with(REFUSED["a test of one's own"][0], tmp_path / "curso")
    hand_in(course, "ana", solved())
    registered_by_an_earlier_version(course, monkeypatch)
    with pytest.raises(CursoError):
        grade(course, [UNIT])
    right = new_course(tmp_path / "otro").source / UNIT / "convolucion.ipynb"
    (course.source / UNIT / "convolucion.ipynb").write_bytes(right.read_bytes())
    with open_gradebook(course) as gradebook:
        gradebook.remove_assignment(UNIT)
    publish(course, [UNIT])
    (ana,) = grade(course, [UNIT])
    assert (ana.points, ana.max_points) == (20, 20)


def test_cells_that_a_person_reads_are_welcome(tmp_path):
    """Of one's own, in words or in code; and text, and other points, and another heading."""

    def change(notebook):
        answer = marks("mi-pregunta", solution=True, locked=False)
        program = own("mi-codigo", "# Explica tu bucle", solution=True, locked=False)
        notebook.cells += [
            new_markdown_cell("¿Por qué?", id="mi-pregunta", metadata=answer),
            program,
            new_markdown_cell("Hasta aquí.", id="mi-texto"),
        ]
        cell(notebook, "conv2d-comprobacion").metadata.nbgrader.points = 9
        cell(notebook, "conv2d-comprobacion").source = f"# Lo último\n{CALL}  # y ya está"

    course = course_with(change, tmp_path / "curso")
    publish(course, [UNIT])
    work = nbformat.read(course.release / UNIT / "convolucion.ipynb", as_version=4)
    for one in solved().cells:
        if one.id.endswith("-solucion"):
            cell(work, one.id).source = one.source
    cell(work, "mi-pregunta").source = "Porque sí."
    cell(work, "mi-codigo").source = "# Recorre las filas"
    hand_in(course, "ana", work)
    (ana,) = grade(course, [UNIT])
    assert (ana.points, ana.max_points, ana.needs_reading) == (22, 26, True)
    assert stock(course).autograde(UNIT, "ana")["success"]


def test_a_notebook_more_is_refused_by_name(tmp_path):
    course = new_course(tmp_path / "curso")
    (course.source / UNIT / "extra.ipynb").write_text(nbformat.writes(solved()), encoding="utf-8")
    with pytest.raises(CursoError, match=r"extra\.ipynb"):
        publish(course, [UNIT])
    generated = stock(course).generate_assignment(UNIT, force=True)
    assert not generated["success"]
    assert "extra.ipynb" in generated["log"]
    # It could not be called otherwise, either, and be registered beside the unit's own.
    names = {"assignment": UNIT, "notebook": "extra", "db_url": "sqlite://"}
    with pytest.raises(CursoError, match=r"extra\.ipynb"):
        preprocessors.SaveCells().preprocess(solved(), {"nbgrader": names})
