"""What any function may do wrong has a name; and of a network, two mistakes of different parts."""

from __future__ import annotations

import numpy as np
import pytest
from harness import verdict_on

from autograder.checks.convolucion import correlate
from autograder.judging.diagnosis.network_diagnoser import NetworkMistake, diagnose_network
from autograder.judging.diagnosis.result import CERTAIN, LIKELY

CHECK = "1_convolucion.correlacion2d"


def prints(imagen, kernel):
    correlate(imagen, kernel)


def cleared(imagen, kernel):
    answer = correlate(imagen, kernel)
    imagen[:] = 0
    return answer


GENERAL = {
    "nada-devuelto": prints,
    "lista-devuelta": lambda imagen, kernel: correlate(imagen, kernel).tolist(),
    "siempre-lo-mismo": lambda imagen, kernel: np.array([[1.0, 2.0], [3.0, 4.0]]),
    "entrada-modificada": cleared,
}


@pytest.mark.parametrize("known", GENERAL)
def test_what_any_function_may_do_wrong_has_a_name(known):
    for seed in range(3):
        diagnosis = verdict_on(CHECK, GENERAL[known], seed).diagnosis
        assert (diagnosis.ids, diagnosis.confidence) == ((known,), CERTAIN)
        assert diagnosis.hint


def test_a_list_of_other_numbers_is_not_a_right_list():
    wrong = verdict_on(CHECK, lambda imagen, kernel: (3 * correlate(imagen, kernel)).tolist())
    assert wrong.diagnosis is None or wrong.diagnosis.ids != ("lista-devuelta",)


def other_exception(eje):
    right = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return {"x": right, "y": right.T}[eje]


def test_what_is_refused_with_another_exception_is_told_so():
    diagnosis = verdict_on("2_filtros.filtro_sobel", other_exception, 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == (("excepcion-de-otro-tipo",), CERTAIN)


def drawn(imagen, kernel):
    return correlate(imagen, kernel) * np.random.default_rng().uniform(1, 9, (1, 1))


calls: list[int] = []


def kept(imagen, kernel):
    calls.append(1)
    return correlate(imagen, kernel) * 3 ** len(calls)


@pytest.mark.parametrize("function", [drawn, kept])
def test_what_answers_otherwise_each_time_is_told_so(function):
    diagnosis = verdict_on(CHECK, function, 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == (("respuesta-que-cambia",), CERTAIN)
    assert diagnosis.hint
    # Whoever tries it again would get something else.
    assert diagnosis.example is None


# --- networks: here one is a set of words, and what it answers are the words ---------------------


def network(word, part=""):
    return NetworkMistake(word, f"hay {word}", lambda spec: spec | {word}, part=part)


MISTAKES = (network("relu", "activacion"), network("paso", "pasos"), network("sola"))


def diagnosed(*words, mistakes=MISTAKES):
    trials = [(np.zeros(size), frozenset(words)) for size in (3, 1)]

    def explains(spec, asked):
        return all(spec == came for _, came in asked)

    return diagnose_network(mistakes, frozenset(), trials, explains)


def test_one_mistake_of_a_network_is_named_and_two_of_different_parts_are_named_both():
    assert (diagnosed("relu").ids, diagnosed("relu").confidence) == (("relu",), CERTAIN)
    assert (diagnosed("relu", "paso").ids, diagnosed("relu", "paso").confidence) == (
        ("relu", "paso"),
        CERTAIN,
    )
    assert diagnosed("relu", "sola") is None  # One of no part goes with no other.
    assert diagnosed("otra") is None


def test_two_names_of_the_same_network_are_never_sure():
    twin = NetworkMistake("gemela", "hay otra", lambda spec: spec | {"relu"}, part="otra")
    found = diagnosed("relu", mistakes=(*MISTAKES, twin))
    assert (found.ids, found.confidence) == (("relu",), LIKELY)
