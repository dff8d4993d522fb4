"""A likely name is no guess: what it leaves unexplained is not more than what it explains."""

from __future__ import annotations

import re

import numpy as np
import pytest
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


def windows_of_three(imagen, kernel):
    out = np.zeros((imagen.shape[0] - 2, imagen.shape[1] - 2))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(imagen[i : i + 3, j : j + 3] * kernel)
    return out


def loops_of_three(imagen, kernel):
    kh, kw = kernel.shape
    out = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(imagen[i + u, j + v] * kernel[u, v] for u in range(3) for v in range(3))
    return out


@pytest.mark.parametrize("answer", [of_three_by_three, windows_of_three, loops_of_three])
@pytest.mark.parametrize("seed", [2, 3, 5])
def test_a_kernel_of_three_by_three_is_not_taken_for_square_images_or_kernels(answer, seed):
    """A square kernel of 2×2 stops it too, and an image that is not square does not."""
    diagnosis = verdict_on(PLANE, answer, seed).diagnosis
    assert diagnosis.ids == ("tamano-escrito-a-mano",)


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


def bias_of_the_image(x, kernel, bias):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    out = np.einsum("nijcuv,uvcf->nijf", windows, kernel.astype(float))
    for n in range(len(out)):
        out[n] += bias[n]
    return out


def test_a_bias_taken_by_the_image_is_named_also_where_it_stops():
    """There are batches with more images than filters: bias[n] is then an index too large."""
    for seed in (2, 4):
        diagnosis = verdict_on("1_convolucion.conv2d", bias_of_the_image, seed).diagnosis
        assert diagnosis.ids == ("sesgo-de-otro-eje",)
