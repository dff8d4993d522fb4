"""Each way to call ``comprobar`` wrongly has one Spanish line, and not Python's traceback."""

from __future__ import annotations

import functools
import types

import numpy as np
import pytest
from at_home import CHECK, right

from autograder import comprobar
from autograder.notebook.call_forms import problem
from autograder.notebook.client import ComprobacionFallida

FORM = 'escribe comprobar("1_convolucion.correlacion2d", correlacion2d)'


class Layer:
    def __call__(self, image, kernel):
        return right(image, kernel)


async def later(image, kernel):
    return right(image, kernel)


@pytest.mark.parametrize(
    ("args", "kwargs", "words"),
    [
        ((right, CHECK), {}, f"los argumentos están al revés: {FORM}"),
        ((CHECK,), {}, f"le falta la función: {FORM}"),
        ((right,), {}, "le falta el nombre de la comprobación, entre comillas"),
        ((), {}, 'llegaron 0: escribe comprobar("1_convolucion.conv2d", conv2d)'),
        ((CHECK, right, 3), {}, f"recibe dos cosas, y llegaron 3: {FORM}"),
        ((CHECK,), {"f": right}, f"recibe sus dos argumentos sin nombre: {FORM}"),
        ((None, right), {}, "entre comillas, y llegó None (NoneType)"),
        ((7, right), {}, "entre comillas, y llegó 7 (int)"),
        ((right, right), {}, "entre comillas, y llegó una función (right)"),
        ((CHECK, None), {}, f"llegó None (NoneType): {FORM}, sin paréntesis detrás"),
        ((CHECK, 3.5), {}, "llegó 3.5 (float)"),
        ((CHECK, np.ones(2)), {}, "llegó algo que no es una función (ndarray)"),
        ((CHECK, "correlacion2d"), {}, "un texto (str), con comillas: 'correlacion2d'"),
        ((CHECK, Layer), {}, "llegó una clase (Layer)"),
        ((CHECK, print), {}, "llegó print, que ya viene hecha y no es tuya"),
        ((CHECK, np.add), {}, "llegó add, que ya viene hecha y no es tuya"),
        ((CHECK, np), {}, "llegó un módulo (numpy)"),
        ((CHECK, later), {}, "una función async (later)"),
    ],
)
def test_each_wrong_call_has_its_line(args, kwargs, words):
    with pytest.raises(ComprobacionFallida) as failure:
        comprobar(*args, **kwargs)
    assert words in str(failure.value)
    assert "\n" not in str(failure.value)
    assert failure.value.__suppress_context__ or failure.value.__context__ is None


def test_a_keras_model_in_the_place_of_its_function(monkeypatch):
    import sys

    fake = types.ModuleType("keras")
    layer = type("Conv2D", (), {"__module__": "keras.src.layers", "__call__": lambda self: None})
    monkeypatch.setitem(sys.modules, "keras", fake)
    line = problem("3_mapas_de_caracteristicas.capa_basica", layer())
    assert "lo que devuelve tu función, un objeto de Keras (Conv2D)" in line
    assert "capa_basica), sin paréntesis detrás" in line


@pytest.mark.parametrize(
    "function",
    [
        lambda image, kernel: right(image, kernel),
        Layer(),
        Layer().__call__,
        functools.partial(right),
        functools.wraps(right)(lambda *args: right(*args)),
        np.vectorize(right, signature="(h,w),(a,b)->(i,j)"),
        staticmethod(right).__func__,
    ],
)
def test_whatever_can_be_called_and_is_the_student_s_is_checked(report, function):
    assert report(function)[1] == ""


class Hostile:
    __name__ = 3

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    @property
    def __class__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize("make", [Hostile, object, lambda: 10**5000, lambda: "x" * 10**6])
def test_objects_that_fail_when_looked_at_have_a_line_too(make):
    value = make()
    assert len(problem(CHECK, value) or "") < 400
    if type(value) is not str:
        assert len(problem(value, right)) < 400


def test_a_function_that_checks_itself_is_told(report):
    def inward(image, kernel):
        comprobar(CHECK, right)

    out, last = report(inward)
    assert "comprobar se llamó desde dentro de la función" in out
    assert last
    assert report(right)[1] == ""


# --- the name of the check -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1_convolucion.correlacion", "1_convolucion.correlacion2d"),
        ("1_convolucion.Correlacion2D", "1_convolucion.correlacion2d"),
        (" 1_convolucion.correlacion2d ", "1_convolucion.correlacion2d"),
        ("1_convolución.correlación2d", "1_convolucion.correlacion2d"),
        ("1-convolucion.correlacion2d", "1_convolucion.correlacion2d"),
        ("1_convolucion/correlacion2d", "1_convolucion.correlacion2d"),
        ("convolucion.correlacion2d", "1_convolucion.correlacion2d"),
        ("1.correlacion2d", "1_convolucion.correlacion2d"),
        ("correlacion2d", "1_convolucion.correlacion2d"),
        ("convolucion_verdadera", "1_convolucion.convolucion_verdadera"),
        ("4_pading.rellenar", "4_padding.rellenar"),
        ("5_fashion_mnist.construir_cn", "5_fashion_mnist.construir_cnn"),
        ("4_padding.conv2d_dilatda", "4_padding.conv2d_dilatada"),
        ("1_convolucion.rellenar", "4_padding.rellenar"),
    ],
)
def test_a_mistyped_check_names_the_nearest(report, written, meant):
    _, last = report(right, written)
    assert last.startswith(f"no existe la comprobación «{written}»; ¿querías decir «{meant}»")


def test_a_name_of_two_units_names_both(report):
    _, last = report(right, "conv2d")
    assert "«1_convolucion.conv2d»" in last
    assert "«4_padding.conv2d»" in last


def test_a_name_like_no_other_lists_what_there_is(report):
    assert "las unidades son: 1_convolucion" in report(right, "zzz")[1]
    assert (
        "en esta unidad están: 1_convolucion.correlacion2d"
        in report(right, "1_convolucion.zzzzzzzz")[1]
    )
