"""Lo que calificar deja de cargar, y lo que empieza a cargar antes que nada."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.dbutil import _temp_alembic_ini
from sqlalchemy import text

from autograder.checks import UNITS, checks_of
from autograder.classroom import head_start
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.sandbox.flavours import KERAS, NUMPY

ABSENT = "import sys; print([name for name in {names!r} if sys.modules.get(name)])"

COMPUTE_AFTER_REHEARSING = """
import numpy as np
from numba.core.dispatcher import Dispatcher

from autograder.checks import judge_rehearsal
from autograder.checks import checks_of

def refuse(self, *args, **kwargs):
    raise AssertionError(f"{self.py_func.__name__} is loaded too late")

Dispatcher._compile_for_args = refuse
for unit in ("3_mapas_de_caracteristicas", "5_fashion_mnist"):
    for check in checks_of(unit).values():
        for case in getattr(check, "cases", lambda rng: ())(np.random.default_rng(5)):
            if not case.raises:
                check.reference(*case.args)
"""


def loaded(imports: str, *names: str) -> str:
    """Which modules those imports bring, in a Python of their own."""
    command = [sys.executable, "-c", f"{imports}; {ABSENT.format(names=names)}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_worker_loads_neither_nbgrader_nor_keras():
    imports = "import autograder.common.quick_imports, autograder.submission.jobs"
    assert loaded(imports, "nbgrader", "sqlalchemy", "keras", "tensorflow") == "[]"


def test_what_starts_early_is_light():
    imports = "import autograder.cli, autograder.classroom.head_start"
    assert loaded(imports, "numpy", "conv2d_lib", "nbgrader", "nbformat", "jsonschema") == "[]"


def test_the_units_written_with_numpy_alone_are_those_whose_checks_say_so():
    own = {
        unit
        for unit in UNITS
        if all(check.own_implementation for check in checks_of(unit).values())
    }
    assert own == {unit.id for unit in UNITS.values() if unit.flavour is NUMPY}


def test_a_rehearsed_judge_calls_no_kernel_for_the_first_time():
    """Of those that compute networks: Numba takes a third of a second to load them."""
    command = [sys.executable, "-c", COMPUTE_AFTER_REHEARSING]
    subprocess.run(command, check=True)


def test_no_grammar_is_built_for_addresses_that_notebooks_do_not_have():
    imports = "import autograder.common.quick_imports, autograder.terminal.grading_view, nbformat"
    assert loaded(imports, "rfc3987_syntax") == "[]"


@pytest.fixture
def begun(monkeypatch, tmp_path):
    """What begins for a course where ana handed in unit 1, and her mark of unit 3 is saved."""
    for folder in ("source", "submitted/ana/1_convolucion"):
        (tmp_path / folder).mkdir(parents=True)
    for where in ("submitted", "autograded"):
        (tmp_path / where / "ana" / "3_mapas_de_caracteristicas").mkdir(parents=True)
    started: list = []
    monkeypatch.setattr(head_start, "server_of", started.append)
    monkeypatch.setattr(head_start, "get_ready", lambda *modules: started.extend(modules))

    def begin(again: bool) -> list:
        units = ["1_convolucion", "3_mapas_de_caracteristicas", "5_fashion_mnist"]
        head_start.begin(tmp_path, units, again)
        return started

    return begin


def test_only_what_will_be_graded_starts_early(begun):
    assert begun(again=False) == [NUMPY, "autograder.submission.jobs"]


def test_everything_handed_in_starts_early_to_be_graded_again(begun):
    assert begun(again=True) == [
        NUMPY,
        KERAS,
        "autograder.submission.jobs",
        "autograder.checks.judge_rehearsal",
    ]


def test_a_new_gradebook_is_stamped_as_nbgrader_stamps_it(tmp_path, monkeypatch):
    command = [str(Path(sys.executable).with_name("alembic")), "-c"]
    with _temp_alembic_ini("sqlite://") as settings:
        heads = subprocess.run([*command, settings, "heads"], capture_output=True, text=True)
    (tmp_path / "source").mkdir()
    monkeypatch.setenv("PATH", "")
    with open_gradebook(Course(tmp_path)) as gradebook:
        (version,) = gradebook.db.execute(text("SELECT version_num FROM alembic_version")).one()
    assert version == heads.stdout.split()[0]


STARTED_HERE = """
import os, sys

from autograder.classroom import workers

if __name__ == "__main__":
    workers.PRELOADED = ("colorsys",)
    one = workers.get_ready().Process(target=os.getcwd)
    one.start()
    one.join()
    sys.exit(one.exitcode or os.getcwd() != sys.argv[1])
"""


def test_what_grades_imports_nothing_of_the_folder_where_it_was_asked(tmp_path):
    """It may be a student's: what Python imports first would run as whoever grades."""
    script, folder = tmp_path / "orden" / "curso.py", tmp_path / "ana"
    for path in (script.parent, folder):
        path.mkdir()
    script.write_text(STARTED_HERE, encoding="utf-8")
    for name in ("colorsys", "signal", "numpy", "autograder"):
        spoiled = f"open({str(tmp_path / name)!r}, 'w')\nraise SystemExit(1)\n"
        (folder / f"{name}.py").write_text(spoiled, encoding="utf-8")
    order = [sys.executable, str(script), str(folder)]
    ran = subprocess.run(order, cwd=folder, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ana", "orden"]
