"""Where the course's configuration is not in force nothing is graded, by whatever door."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
import numpy as np
import pytest
from bare_nbgrader import BUTTON, bare_nbgrader
from classroom import FUNCTIONS, ROOT, UNIT, answer, cell, hand_in, new_course, solved, untouched
from nbformat.v4 import new_output
from traitlets.config import Config

from autograder import comprobar
from autograder.classroom.grading import grade
from autograder.gradebook.database import gradebook_url, open_gradebook
from autograder.gradebook.lock import LOCK, open_units
from autograder.nbgrader_ext.preprocessors import ExecuteWithJudge
from autograder.nbgrader_ext.publishing import publish
from autograder.nbgrader_settings import configure
from autograder.notebook import client
from autograder.notebook.client import ComprobacionFallida

RIGHT = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
UNQUOTED = RIGHT + "\nc = get_config()\nc.LateSubmissionPlugin.penalty_method = zero\n"
UNCLOSED = RIGHT + "\nc = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero\n"
ANOTHERS = """
c = get_config()
c.CourseDirectory.course_id = "otro"
c.ExecutePreprocessor.kernel_name = "python3"
c.ClearSolutions.begin_solution_delimeter = "### INICIO SOLUCIÓN"
c.ClearSolutions.end_solution_delimeter = "### FIN SOLUCIÓN"
"""
OWN_LISTS = """
c = get_config()
c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.ClearOutput"]
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute", "nbgrader.preprocessors.SaveAutoGrades"
]
"""
NO_LOCKED_KERNEL = (
    "c = get_config()\n"
    "c.Autograde.sanitize_preprocessors = ['nbgrader.preprocessors.OverwriteCells']\n"
)
KERNEL = "--ExecutePreprocessor.kernel_name=python3"

# Where a notebook without any metadata of nbgrader could run too.
STRIPPED_TOO = ("a kernel given", "none")
# What nbgrader finds in the course, and with which options it is called.
ROTTEN = {
    "a quote forgotten": (UNCLOSED,),
    "a name without quotes": (UNQUOTED,),
    "a module that is not there": ("import no_existe\n" + RIGHT,),
    "somebody else's": (ANOTHERS,),
    "none": (None,),
    "a kernel given": (UNCLOSED, KERNEL),
    "nothing executed": (UNCLOSED, "--no-execute"),
    "own lists behind ours": (RIGHT + OWN_LISTS,),
    "own lists and no more": (OWN_LISTS.replace("ClearOutput", "OverwriteCells"),),
    "own lists that read no kernel": (NO_LOCKED_KERNEL, KERNEL),
    "ours with other lists": (RIGHT, "--Autograde.autograde_preprocessors=[]"),
}


def forger(escaped: Path):
    """It leaves a file on the machine, prints its own praise, and stores full marks."""
    notebook = untouched()
    for function in FUNCTIONS:
        answer(notebook, function, f"def {function}(*a): pass")
    cell(notebook, "preparacion").source = "import numpy as np"
    cell(notebook, "correlacion2d-solucion").source = (
        f"open({str(escaped)!r}, 'w').close()\ndef comprobar(*a): print('ok')\n"
        "def correlacion2d(*a): pass"
    )
    for one in notebook.cells:
        if one.cell_type == "code":
            one.outputs = [new_output("stream", text="✔ todo correcto\n")]
    return notebook


def without_marks_of_nbgrader(notebook):
    for one in notebook.cells:
        one.metadata.pop("nbgrader", None)
        one.id = f"otra-{one.id}"
    return notebook


@pytest.fixture(scope="module")
def bare():
    with bare_nbgrader() as run:
        yield run


@pytest.fixture(scope="module")
def escaped(tmp_path_factory):
    return tmp_path_factory.mktemp("fuera") / "corrio"


@pytest.fixture(scope="module")
def course(tmp_path_factory, escaped):
    """A course graded once, as long as all was well."""
    course = new_course(tmp_path_factory.mktemp("puertas") / "curso")
    hand_in(course, "ana", solved())
    hand_in(course, "mala", forger(escaped))
    hand_in(course, "pelada", without_marks_of_nbgrader(forger(escaped)))
    publish(course, [UNIT])
    grade(course, [UNIT])
    return course


def marks(course) -> list[tuple]:
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        return sorted(book.execute("SELECT id, auto_score, manual_score FROM grade"))


def refused(done) -> None:
    assert done.code != 0, done.text
    assert "configuración de su curso" in done.text or "este curso" in done.text, done.text


@pytest.fixture
def configured(course):
    """A function that puts a configuration in the course's place; the right one comes back."""
    config = course.root / "nbgrader_config.py"
    before = marks(course)
    assert sum(mark or 0 for _, mark, _ in before) == 20

    def put(text: str | None) -> None:
        if text is None:
            config.unlink()
        else:
            config.write_text(text, encoding="utf-8")

    yield put
    config.write_text(RIGHT, encoding="utf-8")
    assert marks(course) == before


@pytest.mark.parametrize("case", ROTTEN)
def test_nbgrader_autograde_runs_nothing_and_saves_no_mark(case, configured, bare, course, escaped):
    text, *options = ROTTEN[case]
    configured(text)
    students = ["mala", "pelada"] if case in STRIPPED_TOO else ["mala"]
    for student in students:
        refused(bare(course.root, "autograde", UNIT, "--student", student, "--force", *options))
    assert not escaped.exists()


BUTTONS = ["a quote forgotten", "a name without quotes", "somebody else's", "none"]


@pytest.mark.parametrize("case", BUTTONS)
def test_formgraders_button_neither(case, configured, bare, course, escaped):
    configured(ROTTEN[case][0])
    refused(bare(course.root, BUTTON, UNIT, "mala"))
    assert not escaped.exists()


def test_a_python_without_this_package_neither(configured, bare, course, escaped):
    refused(bare(course.root, "autograde", UNIT, "--student", "mala", "--force", package=False))
    refused(bare(course.root, BUTTON, UNIT, "mala", package=False))
    assert not escaped.exists()


def test_from_another_folder_neither(configured, bare, course, tmp_path, escaped):
    shutil.copytree(course.submitted, tmp_path / "submitted")
    book = f"--db=sqlite:///{course.root / 'gradebook.db'}"
    refused(bare(tmp_path, "autograde", UNIT, "--student", "mala", book))
    # With a gradebook of its own, nbgrader knows no unit.
    assert bare(tmp_path, "autograde", UNIT, "--student", "mala").code != 0
    assert not escaped.exists()


def test_in_a_folder_whose_name_jupyter_reads_as_a_variable_neither(
    configured, bare, course, tmp_path, escaped, capsys
):
    there = tmp_path / "cuesta $HOME" / "curso"
    shutil.copytree(course.root, there)
    refused(bare(there, "autograde", UNIT, "--student", "mala", "--force"))
    assert not escaped.exists()


def test_with_its_configuration_the_same_orders_grade(configured, bare, course, escaped):
    for order in (
        ("autograde", UNIT, "--student", "mala", "--force"),
        ("autograde", UNIT, "--student", "ana", "--force", "--no-execute", KERNEL),
        ("autograde", UNIT, "--student", "mala", "--force", "--ExecuteWithJudge.enabled=False"),
        (BUTTON, UNIT, "ana"),
    ):
        done = bare(course.root, *order)
        assert done.code == 0, done.text
    assert not escaped.exists()


def test_what_is_published_without_it_is_refused_too(bare, tmp_path, escaped):
    """A gradebook where nobody ever registered the units with the configuration in force."""
    course = new_course(tmp_path / "curso")
    hand_in(course, "mala", forger(escaped))
    (course.root / "nbgrader_config.py").write_text(UNCLOSED, encoding="utf-8")
    generated = bare(course.root, "generate_assignment", UNIT, "--force")
    assert generated.code != 0, generated.text
    assert "sin la configuración de este curso" in generated.text
    assert bare(course.root, "autograde", UNIT).code != 0
    assert not escaped.exists()


def unlock(course) -> None:
    """The gradebook as it was before there was a lock."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        book.execute("UPDATE notebook SET kernelspec = ?", ('{"name": "python3"}',))
        book.execute("UPDATE source_cell SET checksum = ?", ("d41d8cd98f00b204e9800998ecf8427e",))


def by_grading(course, bare):
    grade(course, [UNIT])


def by_publishing(course, bare):
    publish(course, [UNIT])


def by_autograding(course, bare):
    assert bare(course.root, "autograde", UNIT, "--student", "ana", "--force").code == 0


@pytest.mark.parametrize("mend", [by_grading, by_publishing, by_autograding])
def test_a_gradebook_from_before_the_lock_is_locked(mend, course, bare, configured):
    unlock(course)
    with open_gradebook(course) as gradebook:
        assert open_units(gradebook) == [UNIT]
    mend(course, bare)
    with open_gradebook(course) as gradebook:
        assert open_units(gradebook) == []
        notebook = gradebook.find_notebook("convolucion", UNIT)
        assert all(one.checksum == LOCK for one in notebook.source_cells if one.locked)


def test_what_students_receive_is_not_locked(course):
    published = nbformat.read(course.release / UNIT / "convolucion.ipynb", as_version=4)
    assert published.metadata.kernelspec.name == "python3"
    assert LOCK not in json.dumps(published)


@pytest.fixture
def at_home(monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    yield
    client._judge.hang_up()


def right(imagen, kernel):
    kh, kw = kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(imagen, (kh, kw))
    return np.einsum("ijkl,kl->ij", windows, kernel)


def test_a_grader_without_a_judge_hears_it_from_comprobar(monkeypatch, at_home, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(ComprobacionFallida, match="sin la configuración de este curso"):
        comprobar(f"{UNIT}.correlacion2d", right)
    # A student's «Validate» is no grading.
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    comprobar(f"{UNIT}.correlacion2d", right)
    assert "✔" in capsys.readouterr().out


def test_no_option_leaves_a_notebook_unexecuted(tmp_path):
    """A cell that did not run has, for nbgrader, all of its points."""
    course = new_course(tmp_path)
    publish(course, [UNIT])
    names = {"assignment": UNIT, "student": "ana", "db_url": gradebook_url(course)}
    piece = ExecuteWithJudge(enabled=False, config=configure(Config(), course.root))
    executed, _ = piece(solved(), {"nbgrader": names})
    assert any(one.get("outputs") for one in executed.cells)
