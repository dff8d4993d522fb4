"""What a gradebook does not know is said, and a notebook without graded cells has none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import text

import autograder.gradebook.database  # noqa: F401  # It lets a gradebook be made without alembic on the PATH.
from autograder.gradebook.saved_rows import SavedRows, Structure


@pytest.fixture
def book(tmp_path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{tmp_path}/libro.db") as book:
        book.add_assignment("1_una")
        for notebook in ("a", "vacio"):
            book.add_notebook(notebook, "1_una")
        book.add_grade_cell("fácil", "a", "1_una", max_score=2, cell_type="code")
        book.add_student("ana")
        book.add_submission("1_una", "ana")
        yield book


def test_the_cells_of_each_notebook_are_its_own(book):
    unit = Structure.read(book.db, "1_una")
    cells = {name: unit.cells[key] for name, key in unit.notebooks.items()}
    assert [name for _, name, _ in cells["a"]] == ["fácil"]
    assert cells["vacio"] == []


def test_what_it_does_not_know_is_said(book):
    with pytest.raises(MissingEntry, match="no conoce la unidad «9_nunca»"):
        Structure.read(book.db, "9_nunca")
    unit = Structure.read(book.db, "1_una")
    with pytest.raises(MissingEntry, match="no conoce el cuaderno «otro»"):
        SavedRows.of(book.db, unit, "otro", "ana")
    book.db.execute(text("DELETE FROM submitted_notebook"))
    with pytest.raises(MissingEntry, match="no conoce el cuaderno «a»"):
        SavedRows.of(book.db, unit, "a", "ana")
