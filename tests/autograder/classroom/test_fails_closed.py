"""Where notebooks cannot be isolated none runs; where that is given up, the report says so."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

import pytest
from classroom import UNIT, cell, hand_in, new_course, solved, untouched

from autograder import cli
from autograder.classroom import pools
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.gradebook.database import exists
from autograder.gradebook.records import UNCHANGED
from autograder.report.writing import write_report
from autograder.sandbox import availability, servers
from autograder.sandbox.walls import SandboxError
from autograder.submission.execution import execute

FORGERY = """
import numpy as np
np.allclose = np.array_equal = lambda *a, **k: True

class Same:
    def __eq__(self, other): return True

def correlacion2d(imagen, kernel): return Same()

def comprobar(*a): print("✔ todo correcto")

import autograder
autograder.comprobar = comprobar
20.0
"""


@pytest.fixture
def course(tmp_path):
    course = new_course(tmp_path / "curso")
    hand_in(course, "ana", solved())
    return course


@pytest.fixture
def only(tmp_path, monkeypatch) -> Iterator[Callable[[str | None], None]]:
    """Makes a machine whose ``bwrap`` is a script, or that has none.

    No server of another machine serves this one, nor one of this the tests to come.
    """

    def make(program: str | None) -> None:
        programs = tmp_path / "bin"
        programs.mkdir()
        if program:
            (programs / "bwrap").write_text(program)
            (programs / "bwrap").chmod(0o755)
        (programs / "sleep").symlink_to("/bin/sleep")
        monkeypatch.setenv("PATH", str(programs))
        servers.stop_servers()

    yield make
    servers.stop_servers()


REFUSES = "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n"


@pytest.mark.parametrize(
    ("bwrap", "words"),
    [(None, "sudo apt-get install bubblewrap"), (REFUSES, "No permissions to create")],
    ids=["no bubblewrap", "no user namespaces"],
)
def test_without_isolation_no_notebook_runs(bwrap, words, course, only, monkeypatch, capsys):
    only(bwrap)
    monkeypatch.setattr(pools, "run_jobs", lambda *jobs: pytest.fail("se ejecutó un cuaderno"))
    assert cli.main(["calificar", "--curso", str(course.root)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line
    assert "--sin-aislamiento" in line
    assert not exists(course)


def test_without_the_filter_of_system_calls_neither(course, monkeypatch):
    def absent(name):
        raise OSError(name)

    monkeypatch.setattr(availability.ctypes, "CDLL", absent)
    with pytest.raises(CursoError, match="sudo apt-get install libseccomp2"):
        grade(course, [UNIT])


def test_even_if_nobody_asks_before_a_notebook_without_walls_does_not_start(only):
    """As stock nbgrader, which executes each notebook by itself."""
    only(None)
    with pytest.raises(SandboxError, match="falta bubblewrap"):
        execute(untouched())


def test_without_walls_the_judge_decides_and_the_report_says_so(course):
    forger = untouched()
    cell(forger, "correlacion2d-solucion").source = FORGERY
    hand_in(course, "falsa", forger)
    ana, forged = grade(course, [UNIT], isolated=False)
    assert (ana.points, forged.points) == (20, 0)
    page, table, _ = write_report(course)
    assert page.read_text("utf-8").count("sin aislamiento") == 2
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert all("sin aislamiento" in row["observaciones"] for row in rows)
    # Of marks that stay as they were it is still known.
    assert all(
        one.state == UNCHANGED and any("sin aislamiento" in note for note in one.notes)
        for one in grade(course, [UNIT], isolated=False)
    )
    assert not any("sin aislamiento" in note for one in grade(course, [UNIT]) for note in one.notes)
