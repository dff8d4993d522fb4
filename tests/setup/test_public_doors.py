"""Lo que la versión 0.1 prometía sigue ahí: nombres, órdenes, y cursos hechos con ella.

``tests/fixtures/course_0_1`` lo escribió esa versión: sus nombres públicos, su configuración de
nbgrader, y el libro de notas de una clase de dos, con ``ana`` en 20 y ``bruno`` en 13.
"""

from __future__ import annotations

import importlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli import app
from autograder.terminal.spanish_typer import run

OLD = Path(__file__).parents[1] / "fixtures" / "course_0_1"
UNIT, NOTEBOOK = "1_convolucion", "convolucion.ipynb"
VERBS = ("aceptar", "calificar", "datos", "demo", "doctor", "entrenar", "informe", "publicar")


@pytest.mark.parametrize("name", (OLD / "public_names.txt").read_text().split())
def test_a_public_name_of_0_1_can_still_be_imported(name):
    module, _, own = name.rpartition(".")
    assert getattr(importlib.import_module(module), own) is not None


def test_copies_of_lesson_b_find_the_threads_where_they_were():
    from conv2d_lib import kernels, threads

    assert threads.max_threads >= 1
    assert kernels.__doc__


def test_the_command_has_the_verbs_of_0_1(capsys):
    assert run(app, ["--help"]) == 0
    shown = capsys.readouterr().out
    assert [verb for verb in VERBS if verb not in shown] == []


@pytest.fixture
def course(tmp_path) -> Path:
    """A course folder as 0.1 left it, with the same work handed in again."""
    root = tmp_path / "curso"
    (root / "source" / UNIT).mkdir(parents=True)
    shutil.copy(OLD / "nbgrader_config.py", root)
    shutil.copy(OLD / NOTEBOOK, root / "source" / UNIT)
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        gradebook.executescript((OLD / "gradebook.sql").read_text(encoding="utf-8"))
    gradebook.close()
    for student in ("ana", "bruno"):
        folder = root / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        shutil.copy(OLD / NOTEBOOK, folder)
    return root


def curso(course: Path, *words: str) -> str:
    command = [str(Path(sys.executable).parent / "curso"), *words, "--curso", str(course)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=course)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_course_made_with_0_1_is_reported_and_graded_again(course):
    curso(course, "informe")
    table = (course / "informe" / "notas.csv").read_text(encoding="utf-8-sig")
    assert {line.split(";")[0]: line.split(";")[1] for line in table.splitlines()[1:]} == {
        "ana": "20",
        "bruno": "13",
    }
    said = curso(course, "calificar")
    assert "ana · 1_convolucion · 20 / 20" in said
    assert "bruno · 1_convolucion · 20 / 20" in said
    assert "2 sin cambios" in curso(course, "calificar")
