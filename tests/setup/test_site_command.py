"""``make sitio`` refuses at once what it would find out after minutes, and says it in a line."""

from __future__ import annotations

import sys

import pytest

from sitio import __main__ as command


def run(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["sitio", *arguments])
    return command.main()


@pytest.fixture
def nothing_runs(monkeypatch):
    def too_late(*_):
        raise AssertionError("lessons were run before asking")

    monkeypatch.setattr(command, "prepare", too_late)


def test_a_folder_that_cannot_be_written_is_told_before_any_lesson_runs(
    monkeypatch, capsys, tmp_path, nothing_runs
):
    (tmp_path / "archivo").write_text("")
    assert run(monkeypatch, "--destino", str(tmp_path / "archivo" / "html")) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("No se puede escribir el sitio en ")
    assert "--destino" in line


def test_a_lesson_that_does_not_exist_is_told_with_those_that_do(
    monkeypatch, capsys, tmp_path, nothing_runs
):
    assert run(monkeypatch, "--destino", str(tmp_path), "--ejecutar", "1_convolusion") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "«1_convolusion»" in line
    assert "1_convolucion," in line


def test_interrupted_it_says_what_is_kept_and_leaves_no_folder_behind(
    monkeypatch, capsys, tmp_path
):
    seen = []

    def interrupted(source, _):
        source.mkdir()
        seen.append(source)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "prepare", interrupted)
    assert run(monkeypatch, "--destino", str(tmp_path)) == 130
    assert "la misma orden sigue por donde iba" in capsys.readouterr().err
    assert not seen[0].exists()


def test_a_lesson_that_stops_is_a_line_and_not_a_traceback(monkeypatch, capsys, tmp_path):
    def stopped(*_):
        raise command.lessons.LessonStopped("La lección 1 se detuvo en una celda: ValueError: no")

    monkeypatch.setattr(command, "prepare", stopped)
    assert run(monkeypatch, "--destino", str(tmp_path)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("La lección 1 se detuvo en una celda: ValueError: no ")
