"""However much there is to say, a person can read it: in the terminal, the report and the table."""

from __future__ import annotations

import pytest

from autograder.gradebook.records import GRADED, Outcome
from autograder.gradebook.remarks import LONGEST, MOST, bounded
from autograder.terminal.grading_view import line

LIMIT = "pidió más memoria de la que se concede"


@pytest.mark.parametrize(
    "notes",
    [
        [f"celda {n}: {LIMIT}" for n in range(1900)],
        [f"celda {n}: motivo {n}" for n in range(1900)],
        ["x" * 100_000],
        [f"aviso {n} " + "y" * 5000 for n in range(1900)],
    ],
)
def test_a_line_of_the_terminal_is_never_longer_than_a_page(notes):
    few = bounded(notes)
    assert len(few) <= MOST
    assert max(map(len, few)) <= LONGEST
    # Also of those that were remembered before there was a measure.
    outcome = Outcome("ana", "1_convolucion", GRADED, 0, 20, notes=tuple(notes))
    assert len(line(outcome).plain) < 6000


def test_what_many_cells_share_is_said_once_with_the_first_of_them():
    notes = [f"celda {n}: {LIMIT}" for n in range(1, 1901)]
    assert bounded(["una nota", *notes]) == (
        "una nota",
        f"celdas 1, 2, 3 y 1897 más: {LIMIT}",
    )
    assert bounded(notes[:1]) == (notes[0],)
    assert bounded(notes[:2]) == (f"celdas 1, 2: {LIMIT}",)


def test_what_is_left_unsaid_is_counted():
    few = bounded(f"nota {n}" for n in range(30))
    assert few[0] == "nota 0"
    assert few[-1] == f"y {30 - MOST + 1} observaciones más"
    assert bounded(f"nota {n}" for n in range(MOST)) == tuple(f"nota {n}" for n in range(MOST))
