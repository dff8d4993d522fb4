"""The report under a cell links to a lesson wherever its notebook stands, and never to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.judging.telling.rich import _section
from autograder.notebook.rich_report import linked_from_here

ROOT = Path(__file__).parents[3]
SECTION = "2_filtros#¿Cuántos parámetros? 832 frente a 25 120"
WORDS = "lección 2, «¿Cuántos parámetros? 832 frente a 25 120»"


def page() -> str:
    return f"<p><strong>Repasa:</strong> {_section(SECTION, links=True)}</p>"


@pytest.mark.parametrize(
    ("folder", "place"),
    [("release/2_filtros", "../../course"), ("course", "."), ("release", "../course")],
)
def test_the_link_leads_from_the_notebook_s_folder_to_the_cell(monkeypatch, folder, place):
    monkeypatch.chdir(ROOT / folder)
    shown = linked_from_here(page())
    link = f"{place}/2_filtros.ipynb"
    assert f'<a href="{link}#cell-id=parametros-pregunta">{WORDS}</a>' in shown
    assert (Path.cwd() / link).is_file()


def test_where_the_lessons_are_not_there_it_is_said_in_words(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert linked_from_here(page()) == f"<p><strong>Repasa:</strong> {WORDS}</p>"


def test_what_is_no_link_to_a_lesson_stays_as_it_came(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    other = '<code>&lt;a href="../../course/x.ipynb"&gt;</code> <a href="https://keras.io">x</a>'
    assert linked_from_here(other) == other
