"""Lo que Jupyter sobrevive, el recinto lo sobrevive: el veredicto de casa es el de la nota."""

from __future__ import annotations

import pytest
from both_shells import FOLDER, cells_of, in_jupyter, in_the_sandbox

THEMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST = 150


@pytest.mark.parametrize("theme", THEMES)
def test_a_cell_ends_in_the_sandbox_as_it_ends_in_jupyter(theme, tmp_path):
    """Same status, same check, same words of it; and as the corpus itself says."""
    cells = cells_of(theme)
    at_home, graded = in_jupyter(cells, tmp_path), in_the_sandbox(cells)
    wrong = {
        cell.name: (home, inside)
        for cell, home, inside in zip(cells, at_home, graded, strict=True)
        if home != inside or (home.status == "error") is not cell.fails
    }
    assert wrong == {}


def test_the_corpus_is_large_enough():
    assert sum(len(cells_of(theme)) for theme in THEMES) >= LEAST
