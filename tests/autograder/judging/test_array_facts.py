"""What is said of wrong arrays is so in all of them, and only the simplest of it is said."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judging.diagnosis.array_facts import SHAPE_RIGHT, array_facts
from autograder.judging.diagnosis.observations import Observation

RNG = np.random.default_rng(5)
# Shapes of an answer NHWC whose rows are as many as its columns.
RIGHT = [RNG.normal(size=(2, 4, 4, 3)), RNG.normal(size=(2, 5, 5, 3))]


def facts(*changes):
    """Of two wrong answers, each changed in its way."""
    changes = changes * (2 // len(changes))
    given = {"x": np.ones((2, 6, 6, 2)), "kernel": np.ones((3, 3, 2, 3))}
    both = zip(RIGHT, changes, strict=True)
    return array_facts([Observation(given, a, change(a), False) for a, change in both])


def edges(array):
    changed = array.copy()
    changed[:, -1] += 1
    changed[:, :, -1] += 2
    return changed


def frame(array):
    changed = edges(array)
    changed[:, 0] += 3
    changed[:, :, 0] += 4
    return changed


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("las columnas salen todas iguales a la primera columna", lambda a: a[:, :, :1] + 0 * a),
        ("los filtros salen todos iguales al primer filtro", lambda a: a[..., :1] + 0 * a),
        (
            "los números son los correctos, con los filtros en otro orden",
            lambda a: np.roll(a, 1, axis=3),
        ),
        ("el resultado está traspuesto: las filas van en las columnas", lambda a: a.swapaxes(1, 2)),
        ("todo es correcto menos la última fila y la última columna", edges),
        ("todo es correcto menos los bordes", frame),
        (
            "la diferencia con lo correcto es la misma en todos los números de cada llamada",
            lambda a: a + a.shape[1],
        ),
    ],
)
def test_what_was_done_to_the_right_numbers_is_said(words, change):
    assert facts(change)[:2] == [SHAPE_RIGHT, words]


def test_where_the_numbers_are_right_is_said_in_good_spanish():
    said = facts(lambda a: a[..., :1] + 0 * a)
    assert said[-1] == "solo es correcto lo del primer filtro"
    said = facts(lambda a: a[:, :, :1] + 0 * a)
    assert said[-1] == "solo es correcto lo de la primera columna"


def test_an_axis_too_many_is_said_and_that_the_numbers_are_right():
    assert facts(lambda a: a[np.newaxis]) == [
        "a la forma le sobra un eje",
        "quitando lo que sobra, los números son los correctos",
    ]
    assert facts(lambda a: a[np.newaxis] + 1) == ["a la forma le sobra un eje"]


def test_of_shapes_that_are_wrong_in_two_ways_nothing_is_said():
    assert facts(lambda a: a[np.newaxis], lambda a: a[0]) == []


def test_of_numbers_in_a_row_no_border_is_spoken_of():
    right = [np.arange(5.0), np.arange(7.0)]
    said = array_facts([Observation({"n": 1}, a, a + (a > 2), False) for a in right])
    assert not any("borde" in line or "columna" in line for line in said)
