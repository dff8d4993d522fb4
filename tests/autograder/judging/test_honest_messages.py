"""What a report adds to a failure helps, is true, and does not solve the exercise."""

from __future__ import annotations

import logging
import re

import numpy as np
import pytest
from harness import Loopback, verdict_on

from autograder.checks import UNITS, checks_of, find_check
from autograder.judging.check import UNWRITTEN
from autograder.judging.judge import judge
from autograder.judging.remote import Remote
from autograder.notebook import keras_bridge

CHECKS = [check for unit in UNITS for check in checks_of(unit).values()]
# What somebody could copy: an index, a call with its arguments, an argument with its value.
CODE = re.compile(r"\[[^\]]*:|\w+\([^)]*[=,:.]|\w+\.\w+\[|//|axis\s*=|=\s*\"|·|\*")


def ids(check) -> str:
    return check.id


def unwritten(*args, **kwargs):
    raise NotImplementedError


@pytest.mark.parametrize("check", CHECKS, ids=ids)
def test_a_function_still_to_be_written_gets_no_hint(check):
    verdict = judge(check, Remote(Loopback(unwritten)), 0)
    assert verdict.rejected == UNWRITTEN
    assert verdict.hint is None
    assert "Pista" not in verdict.report()


@pytest.mark.parametrize("check", CHECKS, ids=ids)
def test_a_hint_holds_no_code_to_copy(check):
    assert len(check.hint) > 40
    assert not CODE.search(check.hint), check.hint


def test_integers_that_are_the_answer_without_its_decimals_are_said_so():
    def cut(imagen, kernel):
        windows = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
        return np.einsum("ijkl,kl->ij", windows, kernel.astype(float)).astype(int)

    assert "los decimales se pierden" in verdict_on("1_convolucion.correlacion2d", cut).report()


@pytest.mark.parametrize(
    ("check_id", "answer"),
    [
        ("2_filtros.filtro_sobel", lambda eje: np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])),
        ("2_filtros.filtro_sobel", lambda eje: np.zeros((3, 3), int)),
        ("2_filtros.filtro_gaussiano", lambda tamano, sigma: np.zeros((tamano, tamano), int)),
        (
            "1_convolucion.correlacion2d",
            lambda x, k: np.zeros((len(x) - len(k) + 1, x.shape[1] - k.shape[1] + 1), int),
        ),
        (
            "1_convolucion.correlacion2d",
            lambda x, k: np.arange((len(x) - len(k) + 1) * (x.shape[1] - k.shape[1] + 1)).reshape(
                len(x) - len(k) + 1, -1
            ),
        ),
    ],
    ids=["sobel", "sobel of zeros", "empty gaussian", "empty sums", "other numbers"],
)
def test_nothing_is_said_of_decimals_where_they_are_not_what_fails(check_id, answer):
    verdict = verdict_on(check_id, answer)
    assert not verdict.passed
    assert "decimales" not in verdict.report()


@pytest.mark.parametrize("dtype", [">f8", ">f4", np.longdouble, "<f8"])
@pytest.mark.parametrize("error", [0, 1e-3])
def test_what_is_returned_is_compared_as_it_came(dtype, error):
    """Another byte order and another precision are the same numbers: right or wrong as they are."""

    def answer(imagen, kernel):
        windows = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
        right = np.einsum("ijkl,kl->ij", windows.astype(float), kernel.astype(float))
        return (right + error).astype(dtype)

    assert verdict_on("1_convolucion.correlacion2d", answer).passed is (error == 0)


def test_a_number_beyond_float64_is_compared_too():
    assert verdict_on("2_filtros.parametros_dense", lambda n, u, use_bias=True: np.longdouble(3))
    verdict = verdict_on("2_filtros.filtro_gaussiano", lambda n, sigma: np.longdouble("1e4000"))
    assert "el corrector falló" not in verdict.report()


def test_tensorflow_does_not_warn_of_retracing_whoever_builds_many_models(caplog):
    logger = logging.getLogger("tensorflow")
    assert keras_bridge  # who imports it is told nothing more
    logger.warning("5 out of the last %d calls triggered tf.function retracing.", 5)
    logger.warning("otra cosa")
    assert [record.getMessage() for record in caplog.records] == ["otra cosa"]


def test_a_rejection_of_another_kind_keeps_its_hint():
    check = find_check("1_convolucion.correlacion2d")
    assert judge(check, Remote(Loopback(lambda *args: None)), 0).hint == check.hint
