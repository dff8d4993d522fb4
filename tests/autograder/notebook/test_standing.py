"""What a student reads of his points: under each check, and with ``curso progreso``."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from at_home import CHECK, right
from classroom import solved

from autograder import comprobar
from autograder.checks import UNITS, checks_of
from autograder.cli import main
from autograder.common import points
from autograder.notebook import standing
from autograder.submission import execution

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(standing, "_shares", {})
    monkeypatch.setattr(standing, "_celebrated", set())


@pytest.mark.parametrize("unit", UNITS)
def test_the_points_are_those_of_the_notebooks(unit):
    told, read_by_a_person = {}, 0
    for cell in nbformat.read(*(ROOT / "source" / unit).glob("*.ipynb"), as_version=4).cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and marks.get("solution"):
            read_by_a_person += marks.points
        elif marks.get("grade"):
            told[cell.id.removesuffix("-comprobacion").replace("-", "_")] = marks.points
    assert told == points.POINTS[unit]
    assert read_by_a_person == points.READ_BY_A_PERSON.get(unit, 0)
    assert {f"{unit}.{name}" for name in told} == set(checks_of(unit))
    assert points.standing(unit, {}).total == 20


def test_each_check_says_how_the_unit_goes(capsys):
    comprobar(CHECK, right)
    assert "En esta unidad llevas 5 de 20 puntos." in capsys.readouterr().out
    with pytest.raises(AssertionError):
        comprobar(CHECK, lambda image, kernel: right(image, kernel) + 1)
    assert "En esta unidad llevas 1 de 20 puntos." in capsys.readouterr().out  # its shape: 20 %


@pytest.mark.parametrize("why", ["autograde", "validate"])
def test_nothing_is_said_while_nbgrader_runs_the_notebook(why, capsys, monkeypatch):
    comprobar(CHECK, right)  # Has a judge, as in the room where nbgrader runs it.
    assert "puntos" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", why)
    comprobar(CHECK, right)
    assert "puntos" not in capsys.readouterr().out


def test_the_end_of_a_unit_is_celebrated_once_and_extras_are_told_apart():
    unit = "4_padding"
    names = [name for name in points.POINTS[unit] if name not in points.EXTRA]
    lines = [standing.noted(f"{unit}.{name}", 1.0) for name in names]
    assert lines[-1] == "🎉 ¡Unidad completa! Llevas 20 de 20 puntos."
    assert not any("🎉" in line for line in lines[:-1])
    extra = standing.noted(f"{unit}.conv2d_grupos", 1.0)
    assert extra == "En esta unidad llevas 20 de 20 puntos, y 2 extra."
    assert "🎉" not in standing.noted(f"{unit}.conv2d", 0.7)
    assert "🎉" in standing.noted(f"{unit}.conv2d", 1.0)


def test_what_a_person_reads_is_said_and_an_unknown_unit_is_not():
    assert points.standing("5_fashion_mnist", {}).sentence() == (
        "0 de 20 puntos; 4 los pone quien lea tu respuesta"
    )
    assert standing.noted("mia.funcion", 1.0) is None


# --- curso progreso -------------------------------------------------------------------------------


def saved(folder: Path, unit: str, *outputs: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{UNITS[unit].notebook}.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": list(outputs)}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [cell]}))
    return path


def printed(text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}


def test_progress_is_read_from_what_stands_under_the_cells(tmp_path, capsys):
    shown = {"text/plain": "✘ 1_convolucion.conv2d: 70 % de los puntos\n  ✔ forma", "text/html": ""}
    saved(
        tmp_path / "1_convolucion",
        "1_convolucion",
        printed("✔ 1_convolucion.correlacion2d: todo correcto\n  ✔ forma\n"),
        printed("○ 1_convolucion.convolucion_verdadera: esta función todavía no está escrita\n"),
        {"output_type": "display_data", "data": shown},
    )
    assert main(["progreso", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "9,9 de 20 puntos" in out  # 5 + 0,7 · 7
    assert out.count("sin empezar") == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"cells": 3}',
        '{"cells": [1, {"outputs": 4}, {"outputs": [null, {"text": [3, {}]}, {"data": []}]}]}',
        "[" * 100_000,
        '{"cells": [{"outputs": [{"text": "✔ 1_convolucion.conv2d: 999 % de los puntos"}]}]}',
    ],
)
def test_a_spoilt_notebook_is_one_line_or_no_points(text, tmp_path, capsys):
    (tmp_path / "convolucion.ipynb").write_text(text)
    main(["progreso", str(tmp_path)])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) <= 1


def test_progress_without_notebooks_says_what_to_do(tmp_path, capsys):
    assert main(["progreso", str(tmp_path)]) == 1
    assert "curso progreso CARPETA" in capsys.readouterr().err


def test_progress_can_run_the_notebooks_and_changes_none(tmp_path, capsys):
    path = tmp_path / "convolucion.ipynb"
    nbformat.write(solved(), path)
    before = path.read_bytes()
    assert main(["progreso", str(tmp_path), "--comprobar"]) == 0
    assert "20 de 20 puntos" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["convolucion.ipynb"]


def test_progress_runs_the_homework_with_the_weights_beside_it(tmp_path, capsys, monkeypatch):
    beside = {}

    def executed(notebook, files):
        beside.update(files)
        return execution.Execution(notebook, ())

    monkeypatch.setattr(execution, "execute", executed)
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "tarea.ipynb")
    (tmp_path / "mlp.weights.h5").write_bytes(b"del mlp")
    (tmp_path / "cnn.weights (1).h5").write_bytes(b"de la cnn")
    assert main(["progreso", str(tmp_path), "--comprobar"]) == 0
    assert beside == {"cnn.weights.h5": b"de la cnn", "mlp.weights.h5": b"del mlp"}
    assert "Fashion-MNIST: «cnn.weights (1).h5» se toma por cnn.w" in capsys.readouterr().out
