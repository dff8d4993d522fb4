"""``nbgrader validate`` tells a student in Spanish what fails, and does not wait for loops."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.common import failures
from autograder.common.failures import ComprobacionFallida
from autograder.notebook import endless
from autograder.notebook.endless import CellWatch

ROOT = Path(__file__).parents[3]
UNIT = "1_convolucion"
CONFIGURATION = """
from pathlib import Path
from autograder.nbgrader_settings import configure
configure(get_config(), Path(__file__).parent)
"""
ENDLESS = """def correlacion2d(imagen, kernel):
    while True:
        salida = imagen * 2"""
LEANS_ON_IT = """def convolucion_verdadera(imagen, kernel):
    return correlacion2d(imagen, kernel[::-1, ::-1])"""
WRONG = """def conv2d(x, kernel, bias):
    return x"""
QUICK = "from autograder.notebook import endless\nendless.SECONDS, endless.AGAIN_SECONDS = 1.0, 0.5"


def validate(folder, source="release", **written):
    """What a student reads when their copy of the unit is validated."""
    (folder / "nbgrader_config.py").write_text(CONFIGURATION)
    notebook = nbformat.read(ROOT / source / UNIT / "convolucion.ipynb", 4)
    for cell in notebook.cells:
        cell.source = written.get(cell.id.replace("-", "_"), cell.source)
    if written:  # What is right is not in a hurry, on a machine that is slow.
        notebook.cells.insert(2, nbformat.v4.new_code_cell(QUICK, id="deprisa"))
    nbformat.write(notebook, folder / "convolucion.ipynb")
    command = [sys.executable, "-m", "nbgrader", "validate", "convolucion.ipynb"]
    strange = ("CURSO_JUEZ_FD", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
    environment = {k: v for k, v in os.environ.items() if k not in strange}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=600
    )


def section(output, function):
    """What is said of one check."""
    parts = output.split("=" * 90)
    return next(part for part in parts if f'"{UNIT}.{function}"' in part)


@pytest.fixture(scope="module")
def validated(tmp_path_factory):
    return validate(
        tmp_path_factory.mktemp("validar"),
        correlacion2d_solucion=ENDLESS,
        convolucion_verdadera_solucion=LEANS_ON_IT,
        conv2d_solucion=WRONG,
    ).stdout


def test_an_endless_loop_is_cut_and_its_line_said(validated):
    for function in ("correlacion2d", "convolucion_verdadera"):
        said = " ".join(section(validated, function).split())
        assert f"ComprobacionFallida: {UNIT}.{function}: tu función no terminó; a los" in said
        assert "de su celda, en correlacion2d: «" in said
        assert "(¿un bucle que no acaba?)" in said
    assert "Timeout" not in validated


def test_what_fails_is_said_with_its_verdict_and_cause(validated):
    said = section(validated, "conv2d")
    assert f"✘ {UNIT}.conv2d: 0 % de los puntos" in said
    assert "esperaba la forma" in said
    assert "lee el informe de arriba" not in validated
    assert all(len(line) < 88 for line in said.splitlines()), "nbgrader cuts the line"
    assert "..." not in said


def test_a_function_not_yet_written_does_not_pass(validated):
    assert "todavía no está escrita" in section(validated, "correlacion_multicanal")
    assert "CELDAS QUE NO PASAN: 4." in validated


def test_all_of_it_is_in_spanish(validated):
    for english in ("following cell", "The error was", "VALIDATION", "credit", "Traceback"):
        assert english not in validated
    assert validated.count("No pasa esta celda:") == 4
    assert validated.count("Por esto:") == 4


def test_a_right_notebook_passes(tmp_path):
    said = validate(tmp_path, source="source").stdout
    assert "¡Bien! Tu cuaderno pasa todas las comprobaciones." in said


def test_at_home_the_exception_is_one_line_and_validating_the_whole_report(monkeypatch):
    failure = ComprobacionFallida("0 % de los puntos", "✘ todo\n  ✘ " + "larga " * 40)
    assert failure._render_traceback_() == ["ComprobacionFallida: 0 % de los puntos"]
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    shown = failure._render_traceback_()
    assert shown[:2] == ["ComprobacionFallida:", "✘ todo"]
    assert max(map(len, shown)) <= failures.VALIDATE_WIDTH


def test_the_watch_knows_a_loop_again_and_waits_longer_for_keras(monkeypatch):
    watch, code = CellWatch(), validate.__code__
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    assert watch._patience({code}) == endless.SECONDS
    monkeypatch.setitem(sys.modules, "keras", object())
    assert watch._patience({code}) == endless.KERAS_SECONDS
    watch._known.add(code)
    assert watch._patience({code}) == endless.AGAIN_SECONDS
