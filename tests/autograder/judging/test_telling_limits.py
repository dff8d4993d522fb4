"""A report too large to travel goes without its largest part; an odd one is told all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from diagnosed import FLIPPED, failed

from autograder.judging.diagnosis.result import Table
from autograder.judging.telling import rich, sections
from autograder.judging.telling.bounded import from_row
from autograder.judging.telling.matrices import MORE, MOST_ROWS, MOST_SLICES, matrices
from autograder.judging.telling.sections import Section


def test_a_page_that_would_not_travel_goes_without_its_diagnosis_and_then_not_at_all(monkeypatch):
    verdict = failed(FLIPPED)
    whole = rich.page(verdict)
    assert whole is not None
    monkeypatch.setattr(rich, "MOST", len(whole.encode()) - 1)
    without = rich.page(verdict)
    assert without is not None
    assert len(without.encode()) < len(whole.encode())
    monkeypatch.setattr(rich, "MOST", 10)
    assert rich.page(verdict) is None


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (Table("imagen", [], (0,)), "vacío"),
        (Table("imagen", [[], []], (2, 0)), "vacío"),
        (Table("suma", [3.0], ()), "3"),
        (Table("texto", "una palabra", ()), "una palabra"),
    ],
)
def test_what_has_nothing_to_draw_is_one_cell(table, words):
    (drawn,) = matrices(table)
    assert drawn.title == table.name
    assert [[cell.text for cell in row] for row in drawn.rows] == [[words]]


def test_of_many_slices_the_first_are_drawn_and_it_is_said_that_there_are_more():
    drawn = matrices(
        Table("x", [[[[0.0]]] for _ in range(MOST_SLICES + 3)], (MOST_SLICES + 3, 1, 1, 1))
    )
    assert len(drawn) == MOST_SLICES + 1
    assert drawn[-1].title == MORE


def test_of_a_tall_matrix_the_first_rows_are_drawn_and_it_is_said_that_there_are_more():
    (drawn,) = matrices(Table("x", [[0.0]] * (MOST_ROWS + 1), (MOST_ROWS + 1, 1)))
    assert [len(row) for row in drawn.rows] == [1] * (MOST_ROWS + 1)
    assert [cell.text for (cell,) in drawn.rows[-2:]] == ["0", MORE]


def test_a_failure_without_a_hint_is_told_without_one():
    verdict = replace(failed(None), hint=None)
    assert "Pista" not in rich.page(verdict) + verdict.report()


@pytest.mark.parametrize("row", [None, {}, {"ids": "texto"}, {"ids": 5}, {"ids": (), "example": 3}])
def test_a_kept_diagnosis_of_another_form_is_none(row):
    assert from_row(row) is None


@pytest.mark.parametrize("kept", [None, "{", "[1"])
def test_without_the_list_of_sections_a_lesson_is_opened_at_its_beginning(
    kept, tmp_path, monkeypatch
):
    if kept is not None:
        (tmp_path / "apartados.json").write_text(kept, encoding="utf-8")
    monkeypatch.setattr(sections, "__file__", str(tmp_path / "sections.py"))
    sections._cells.cache_clear()
    try:
        link = Section.of("4_padding#3. same: ceros alrededor").link
    finally:
        sections._cells.cache_clear()
    assert link.endswith("/4_padding.ipynb")
