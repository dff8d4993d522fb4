"""A likely name is no guess: what it leaves unexplained is not more than what it explains."""

from __future__ import annotations

import re

import numpy as np
from harness import verdict_on

from autograder.judging.diagnosis.stop_kinds import STOPS

PLANE = "1_convolucion.correlacion2d"


def of_three_by_three(imagen, kernel):
    out = np.zeros((imagen.shape[0] - 2, imagen.shape[1] - 2))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(imagen[i + u, j + v] * kernel[u, v] for u in range(3) for v in range(3))
    return out


def shrinking(imagen, kernel):
    kh, kw = kernel.shape
    out = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(imagen[i:kh, j:kw] * kernel)
    return out


def test_a_mistake_is_not_blamed_for_what_stops_where_it_is_right():
    """A square kernel of 2×2 stops it too: «solo funciona con kernels cuadrados» is false."""
    for seed in (3, 13):
        diagnosis = verdict_on(PLANE, of_three_by_three, seed).diagnosis
        assert "solo-kernels-cuadrados" not in diagnosis.ids


def test_two_mistakes_are_not_told_of_what_a_third_one_stops_most_times():
    for seed in (3, 13):
        diagnosis = verdict_on(PLANE, shrinking, seed).diagnosis
        assert len(diagnosis.ids) < 2


def test_an_axis_that_is_not_there_is_no_loop_that_goes_too_far():
    """``imagen.shape[2]`` of a picture that lost its axis of one channel."""
    said = "tuple index out of range"
    names = [
        each.id
        for kind, pattern, each in STOPS
        if kind in ("", "IndexError") and re.search(pattern, said)
    ]
    assert names[0] == "eje-que-no-existe"
