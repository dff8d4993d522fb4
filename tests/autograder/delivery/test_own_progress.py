"""A course's own units are in a student's progress, with the points that their notebook says."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from classroom import ROOT

from autograder import cli
from autograder.common.points import Standing
from autograder.delivery.own_progress import own_standing, own_works

UNIT, CHECK = "6_rejilla", "6_rejilla.rejilla"


def saved(folder, said: str | None, name: str = "rejilla.ipynb", unit: str = UNIT):
    """What a student has, with what ``comprobar`` had said when it was saved."""
    notebook = nbformat.read(ROOT / "docs" / "ejemplos" / UNIT / "rejilla.ipynb", as_version=4)
    notebook.metadata["curso"] = {"unidad": unit, "cuaderno": "rejilla"}
    if said:
        (asking,) = (one for one in notebook.cells if f'comprobar("{CHECK}"' in one.source)
        asking.outputs = [nbformat.v4.new_output("stream", name="stdout", text=said)]
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / name)
    return folder / name


def standing_of(folder) -> Standing | None:
    return own_standing(own_works(folder)[UNIT])


def test_what_comprobar_said_counts_and_tests_of_ones_own_are_told_apart(tmp_path):
    path = saved(tmp_path, None)
    tests = sum(
        one.metadata.nbgrader.points
        for one in nbformat.read(path, as_version=4).cells
        if one.metadata.get("nbgrader", {}).get("grade") and CHECK not in one.source
    )
    assert tests
    for said, share in [
        (None, 0),
        (f"✔ {CHECK}: todo bien\n", 1),
        (f"✘ {CHECK}: 50 % de los puntos\n", 0.5),
    ]:
        saved(tmp_path, said)
        found = standing_of(tmp_path)
        worth = found.total - tests
        assert (found.earned, found.later) == (share * worth, tests)
        assert found.complete == (share == 1)
    assert f"; {tests:g} los dan pruebas que se pasan al calificar" in found.sentence()


def test_of_several_copies_that_saved_last_counts(tmp_path):
    old = saved(tmp_path, f"✔ {CHECK}: todo bien\n")
    os.utime(old, (1, 1))
    saved(tmp_path / UNIT, f"✘ {CHECK}: 50 % de los puntos\n")
    assert own_works(tmp_path)[UNIT].path.parent.name == UNIT
    assert not standing_of(tmp_path).complete


def test_the_command_shows_them_behind_the_courses_own(tmp_path, capsys):
    saved(tmp_path, f"✔ {CHECK}: todo bien\n")
    saved(tmp_path / "otra", None, unit="12_otra_cosa")
    assert cli.main(["progreso", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    places = [next(n for n, line in enumerate(lines) if title in line)
              for title in ("5. Fashion-MNIST", "6. Rejilla", "12. Otra cosa")]  # fmt: skip
    assert places == sorted(places)
    assert cli.main(["progreso", "--comprobar", str(tmp_path)]) == 0
    assert "las tiene tu docente" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "points", [float("inf"), 1e300, -3, "3", True, None, {"a": 1}, [3]], ids=repr
)
def test_points_that_are_none_add_nothing(points, tmp_path):
    path = saved(tmp_path, f"✔ {CHECK}: todo bien\n")
    tree = json.loads(path.read_text())
    for one in tree["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade"):
            one["metadata"]["nbgrader"]["points"] = points
    path.write_text(json.dumps(tree))
    assert standing_of(tmp_path) is None


@pytest.mark.parametrize(
    "cells", [[3, None, {}], [{"metadata": 3}], [{"metadata": {"nbgrader": 1}}]]
)
def test_a_spoilt_notebook_costs_no_traceback(cells, tmp_path, capsys):
    path = saved(tmp_path, None)
    tree = json.loads(path.read_text())
    tree["cells"] += cells
    path.write_text(json.dumps(tree))
    assert cli.main(["progreso", str(tmp_path)]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
