"""What any function may do wrong has a name; and of a network, two mistakes of different parts."""

from __future__ import annotations

import numpy as np
import pytest
from harness import verdict_on
from impatient import Here

from autograder.checks import find_check
from autograder.checks.convolucion import correlate
from autograder.judging.diagnosis.network_diagnoser import NetworkMistake, diagnose_network
from autograder.judging.diagnosis.result import CERTAIN, LIKELY
from autograder.judging.judge import judge

CHECK = "1_convolucion.correlacion2d"


def prints(imagen, kernel):
    correlate(imagen, kernel)


def cleared(imagen, kernel):
    answer = correlate(imagen, kernel)
    imagen[:] = 0
    return answer


def only_square(imagen, kernel):
    if len(kernel) == len(kernel.T):
        return correlate(imagen, kernel)
    return None


GENERAL = {
    "nada-devuelto": prints,
    "nada-devuelto-a-veces": only_square,
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


@pytest.mark.parametrize(("answer", "shown"), [(None, "None"), ("None", "'None'")])
def test_nothing_is_shown_as_python_writes_it(answer, shown):
    diagnosis = verdict_on(CHECK, lambda imagen, kernel: answer, 1).diagnosis
    assert diagnosis.example.got.values == shown


def test_what_is_refused_with_another_exception_is_told_so():
    diagnosis = verdict_on("2_filtros.filtro_sobel", other_exception, 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == (("excepcion-de-otro-tipo",), CERTAIN)


SOBEL = np.outer([1, 2, 1], [-1, 0, 1])


def error_returned(eje):
    known = {"x": SOBEL, "y": SOBEL.T}
    return known[eje] if eje in known else ValueError(eje)


def test_an_error_that_is_returned_is_told_from_one_that_is_raised():
    diagnosis = verdict_on("2_filtros.filtro_sobel", error_returned, 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == (("error-devuelto",), CERTAIN)


def without_sigma(tamano, sigma):
    row = np.minimum(np.arange(1.0, tamano + 1), np.arange(tamano, 0.0, -1))
    return np.outer(row, row) / row.sum() ** 2


def test_an_argument_that_changes_nothing_is_a_likely_name_where_there_is_no_other():
    diagnosis = verdict_on("2_filtros.filtro_gaussiano", without_sigma, 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == (("argumento-que-no-influye",), LIKELY)
    assert "`sigma`" in diagnosis.causes[0]


def centred(imagen, kernel):
    (height, width), (rows, columns) = imagen.shape, (n // 2 for n in kernel.shape)
    out = np.zeros((height - 2 * rows, width - 2 * columns))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(imagen[i : i + 2 * rows + 1, j : j + 2 * columns + 1] * kernel)
    return out


def lying_down(imagen, kernel):
    kw, kh = kernel.shape
    out = np.zeros((len(imagen) - kh + 1, len(imagen.T) - kw + 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
    return out


@pytest.mark.parametrize(
    ("function", "known"),
    [(centred, "solo-kernels-impares"), (lying_down, "solo-kernels-cuadrados")],
)
def test_of_two_that_stop_the_one_that_says_why_at_every_call_is_named(function, known):
    for seed in range(3):
        assert verdict_on(CHECK, function, seed).diagnosis.ids == (known,)


def sized_by(height, width):
    """A correlation whose output has the size that two functions say, and cuts its windows."""

    def function(imagen, kernel):
        (kh, kw), sides = kernel.shape, (imagen.shape, kernel.shape)
        out = np.zeros((height(*sides), width(*sides)))
        for i, j in np.ndindex(*out.shape):
            window = imagen[i : i + kh, j : j + kw]
            out[i, j] = np.sum(window * kernel[: window.shape[0], : window.shape[1]])
        return out

    return function


KERNEL_CROSSED = sized_by(lambda x, k: x[0] - k[1] + 1, lambda x, k: x[1] - k[0] + 1)
IMAGE_CROSSED = sized_by(lambda x, k: x[1] - k[0] + 1, lambda x, k: x[0] - k[1] + 1)


@pytest.mark.parametrize(
    ("function", "known"),
    [(KERNEL_CROSSED, "solo-kernels-cuadrados"), (IMAGE_CROSSED, "solo-imagenes-cuadradas")],
)
def test_sides_taken_in_the_other_order_are_named_though_nothing_stops(function, known):
    assert verdict_on(CHECK, function, 1).diagnosis.ids == (known,)


def named(word):
    """The first kernel of a network, or None, looked for by a word in its layer's name."""

    def function(modelo):
        pairs = zip(modelo.layers, modelo.weights, strict=True)
        return next((arrays[0] for layer, arrays in pairs if word in layer["name"]), None)

    return function


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("conv", "capa-buscada-por-su-nombre"),
        ("conv_1", "nada-devuelto-a-veces"),  # as small networks of the judge's are called
        ("ninguna", "nada-devuelto"),
    ],
)
def test_nothing_is_said_to_come_back_only_where_nothing_ever_does(word, known):
    check = find_check("3_mapas_de_caracteristicas.filtros_aprendidos")
    diagnosis = judge(check, Here(named(word)), 1).diagnosis
    assert (diagnosis.ids, diagnosis.confidence) == ((known,), CERTAIN)


def test_who_stops_where_a_layer_has_another_name_looks_for_it_by_its_name():
    def function(modelo):
        pairs = zip(modelo.layers, modelo.weights, strict=True)
        return next(arrays[0] for layer, arrays in pairs if layer["name"].startswith("conv"))

    check = find_check("3_mapas_de_caracteristicas.filtros_aprendidos")
    diagnosis = judge(check, Here(function), 1).diagnosis
    assert diagnosis.ids == ("capa-buscada-por-su-nombre",)


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
