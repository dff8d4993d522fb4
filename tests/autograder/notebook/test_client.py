"""What a student sees under ``comprobar``, at home, with the judge in its own process."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from at_home import CHECK, right

from autograder import comprobar
from autograder.notebook.client import ComprobacionFallida


def test_a_right_function_is_told_so(report):
    out, last = report(right)
    told, standing = out.splitlines()[:-1], out.splitlines()[-1]
    assert told == [f"✔ {CHECK}: todo correcto", "  ✔ forma", "  ✔ valores", "  ✔ casos límite"]
    assert standing.startswith("En esta unidad llevas 5 de 20 puntos")
    assert last == ""


def test_a_wrong_one_reads_what_failed_why_and_a_hint(report):
    out, last = report(lambda image, kernel: right(image, kernel[::-1, ::-1]))
    assert "✘ 1_convolucion.correlacion2d: 20 % de los puntos" in out
    assert "✔ forma" in out
    assert "✘ valores: imagen de 6×6, kernel de 3×3: en la posición (0, 0) esperaba" in out
    assert "Causa: el kernel actúa volteado" in out
    assert "Pista:" in out
    assert last == (
        "20 % de los puntos en 1_convolucion.correlacion2d: el kernel actúa volteado: Conv2D hace "
        "correlación cruzada, sin girar el kernel"
    )


def test_numbers_carry_a_decimal_comma(report):
    out, _ = report(lambda image, kernel: right(image, kernel) * 0 + 0.5)
    assert "llegó 0,5" in out


@pytest.mark.parametrize("thing", [None, 3, np.ones(2), "correlacion2d"])
def test_what_is_no_function_is_named_with_the_remedy(thing):
    with pytest.raises(ComprobacionFallida, match="sin paréntesis detrás") as failure:
        comprobar(CHECK, thing)
    assert type(thing).__name__ in str(failure.value)


def test_an_unknown_check_lists_those_that_exist(report):
    _, last = report(right, "1_convolucion.correlacion")
    assert "no existe la comprobación «1_convolucion.correlacion»" in last
    assert "1_convolucion.correlacion2d" in last


def stub(image, kernel):
    raise NotImplementedError()


def test_an_unwritten_function_is_said_and_the_notebook_goes_on(report):
    out, last = report(stub)
    assert out == f"○ {CHECK}: esta función todavía no está escrita\n"
    assert last == ""


@pytest.mark.parametrize("execution", ["validate", "autograde"])
def test_to_nbgrader_an_unwritten_function_is_a_failure(report, monkeypatch, execution):
    report(right)  # The judge is there: under autograde no notebook starts one by itself.
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    out, last = report(stub)
    assert "✘ esta función todavía no está escrita" in out
    assert "todavía no está escrita" in last


def divides_by_zero(image, kernel):
    return 1 // 0


def changes_its_input(image, kernel):
    result = right(image, kernel)
    image[:] = 0
    return result


def exits(image, kernel):
    sys.exit(3)


def endless(image, kernel):
    return endless(image, kernel)


class Unreadable:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class UnreadableList(list):
    def __iter__(self):
        raise RuntimeError("no")


class UnreadableError(Exception):
    def __str__(self):
        raise RuntimeError("no")


def raises_the_unreadable(image, kernel):
    raise UnreadableError


def inside_itself(image, kernel):
    loop = []
    loop += [loop, loop, {"loop": loop}]
    return loop


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (inside_itself, "estructura demasiado anidada, o que se contiene a sí misma"),
        (lambda image, kernel: [[0] * 9000] * 9000, "estructura con demasiados elementos"),
        (lambda image, kernel: [0] * 10**6, "estructura con demasiados elementos"),
        (lambda image, kernel: 10**9999, "int de"),
        (lambda image, kernel: None, "llegó None (¿falta el return?)"),
        (divides_by_zero, "se detuvo con ZeroDivisionError: integer division or modulo by zero"),
        (
            lambda image: image,
            "se detuvo con TypeError: tu función recibe (image) y aquí se la llama con 2 arg",
        ),
        (changes_its_input, "tu función modifica el arreglo que recibe"),
        (exits, "se detuvo con SystemExit: 3"),
        (endless, "se detuvo con RecursionError"),
        (lambda image, kernel: (n for n in image), "no se puede comparar: generator"),
        (lambda image, kernel: right(image, kernel) + 1j, "toma la parte real con .real"),
        (lambda image, kernel: [Unreadable()], "no se puede comparar: Unreadable"),
        (lambda image, kernel: UnreadableList(), "falla al leerlo, con RuntimeError"),
        (raises_the_unreadable, "falla al leerlo, con RuntimeError"),
        (lambda image, kernel: right(image, kernel).astype(object), "arreglo de dtype object"),
        (lambda image, kernel: right(image, kernel).tolist(), "esperaba un arreglo de NumPy"),
        (lambda image, kernel: "listo", "llegó el texto 'listo'"),
        (lambda image, kernel: np.zeros((9000, 9000)), "demasiado grande, de forma (9000, 9000)"),
    ],
)
def test_each_way_to_fail_has_its_line(report, function, words):
    out, last = report(function)
    assert words in out
    assert last
    assert report(right)[1] == "", "the conversation went on"


def test_after_a_check_the_libraries_of_home_are_still_loaded(report):
    """What is only lent to Numba inside the walls is whole at home, and stays."""
    import scipy.signal

    report(right)
    assert sys.modules.get("scipy") is scipy
