"""The explorer's Python: what it refuses, and how it calls the reader's function."""

from __future__ import annotations

import base64
import signal

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.explorer import Explorador, Predice
from conv2d_lib.explorer.reader import answer

REFUSED = {
    "words as an image": (lambda: Explorador([["a"]]), "«imagen» debe ser un arreglo de números"),
    "no such image": (lambda: Explorador("foto"), "«foto».*digito, prenda, circulo, dibujo, china"),
    "one axis": (lambda: Explorador(np.zeros(3)), r"Llegó la forma \(3,\)"),
    "two channels": (lambda: Explorador(np.zeros((4, 4, 2))), "1 o 3 canales"),
    "too large": (lambda: Explorador(np.zeros((97, 4))), "recórtala"),
    "not finite": (lambda: Explorador(np.full((4, 4), np.nan)), "números finitos"),
    "empty": (lambda: Explorador(np.zeros((0, 4))), "debe tener forma"),
    "kernel of words": (lambda: Explorador(kernel="sobel"), "«kernel» debe ser un arreglo"),
    "kernel of one axis": (lambda: Explorador(kernel=[1, 2]), r"Llegó la forma \(2,\)"),
    "large kernel": (lambda: Explorador(kernel=np.ones((8, 3))), "de hasta 7×7"),
    "many filters": (lambda: Explorador(kernel=np.ones((3, 3, 1, 5))), "4 filtros"),
    "strides": (lambda: Explorador(strides=5), "«strides» llega hasta 4"),
    "padding": (lambda: Explorador(padding="igual"), "«padding» debe ser 'valid' o 'same'"),
    "pooling": (lambda: Explorador(pooling="min"), "«pooling» debe ser None, 'max' o 'media'"),
    "a result": (lambda: Explorador(funcion=3), "sin paréntesis"),
    "not an option": (lambda: Predice("¿?", "a", "b", opciones=["x"]), "entre las opciones"),
    "no reason": (lambda: Predice("¿?", "a", " "), "enunciado y porqué"),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drawn_is_refused_in_one_spanish_line(make, words):
    with pytest.raises(ValueError, match=words) as raised:
        make()
    assert "\n" not in str(raised.value)


def test_a_kernel_in_keras_s_order_is_kept_by_filter_and_channel():
    kernel = np.arange(2 * 3 * 3 * 2.0).reshape(2, 3, 3, 2)
    state = Explorador(np.zeros((5, 5, 3)), kernel, bias=[1, 2], strides=2).estado
    assert (state["alto"], state["ancho"], state["filtros"]) == (2, 3, 2)
    assert state["nucleos"][1][2] == kernel[:, :, 2, 1].tolist()
    assert (state["sesgos"], state["strides"]) == ([1, 2], 2)


def test_an_image_of_those_that_are_there_is_asked_for_by_its_name():
    for name in ("circulo", "china"):
        assert Explorador(name).estado["imagen"] == name


ASKED = ("strides", "padding", "dilation")
RNG = np.random.default_rng(3)
GRAY, COLOR = RNG.normal(size=(7, 9, 1)), RNG.normal(size=(7, 9, 3))


def state(channels: int, filters: int = 1, **changes) -> dict:
    kernel = RNG.integers(-3, 4, (filters, channels, 3, 3)).tolist()
    own = {"nucleos": kernel, "sesgos": [2.0] * filters, "strides": 1, "padding": "valid"}
    return own | {"dilation": 1, "filtro": 0} | changes


def decoded(found: dict) -> np.ndarray:
    data = np.frombuffer(base64.b64decode(found["data"]), "<f4")
    return data.reshape(found["h"], found["w"], found["c"])


def right(image: np.ndarray, wanted: dict, bias: bool = True) -> np.ndarray:
    kernel = np.array(wanted["nucleos"]).transpose(2, 3, 1, 0)
    return cl.conv2d(
        image[None], kernel, np.array(wanted["sesgos"]) if bias else None,
        strides=wanted["strides"], padding=wanted["padding"], dilation_rate=wanted["dilation"],
    )[0]  # fmt: skip


def test_a_function_of_each_unit_is_called_with_what_it_takes():
    def correlacion2d(imagen, kernel):
        return cl.correlate2d_loops(imagen, kernel)

    def correlacion_multicanal(imagen, kernel):
        return cl.conv2d(imagen[None], kernel[..., None])[0, :, :, 0]

    def conv2d(x, kernel, bias, strides=1, padding="valid"):
        return cl.conv2d(x, kernel, bias, strides=strides, padding=padding)

    def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
        return cl.conv2d(x, kernel, bias, dilation_rate=dilation_rate)

    cases = [
        (correlacion2d, GRAY, state(1), False),
        (correlacion_multicanal, COLOR, state(3), False),
        (conv2d, COLOR, state(3, 2, strides=2, padding="same"), True),
        (conv2d_dilatada, GRAY, state(1, 2, dilation=2), True),
    ]
    for function, image, wanted, bias in cases:
        found = answer(function, image.astype("f4"), wanted)
        got = decoded(found)
        assert found["pedido"] == {key: wanted[key] for key in ASKED} | {"capa": bias}
        np.testing.assert_allclose(got, right(image, wanted, bias), atol=1e-4)


def _ends(x, kernel, bias):
    raise SystemExit


def _is_stopped(x, kernel, bias):
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x, kernel, bias: None, "devolvió None (¿falta el return?)"),
        (lambda x, kernel, bias: np.zeros(4), "devolvió un arreglo de forma (4,)"),
        (lambda x, kernel, bias: 1 / 0, "ZeroDivisionError"),
        (_ends, "SystemExit"),
        (_is_stopped, "se interrumpió antes de terminar"),
        (max, "no se sabe qué argumentos recibe"),
    ],
)
def test_a_function_that_fails_is_an_answer_in_one_line_and_not_a_lost_kernel(function, words):
    found = answer(function, GRAY.astype("f4"), state(1))
    assert words in found["error"]
    assert "\n" not in found["error"]
