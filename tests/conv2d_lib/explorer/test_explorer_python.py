"""The explorer's Python: what it refuses, and how it calls the reader's function."""

from __future__ import annotations

import base64
import signal

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.explorer import Explorador, Predice
from conv2d_lib.explorer.plain import explorer_in_words
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
    "kernel with NaN": (lambda: Explorador(kernel=[[np.nan]]), "«kernel».*números finitos"),
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


def test_the_browser_asks_and_hears_what_the_reader_s_function_gives(monkeypatch):
    sent = []
    monkeypatch.setattr(Explorador, "send", lambda self, message: sent.append(message))
    widget = Explorador(np.eye(4), np.ones((2, 2)), funcion=lambda imagen, kernel: imagen[1:, 1:])
    (picture,) = (each for each in widget.imagenes if each["id"] == widget.estado["imagen"])
    state = widget.estado | {"filtro": 0}
    widget._heard(None, {"tipo": "otra cosa"}, [])
    assert sent == []
    widget._heard(None, {"tipo": "calcula", "turno": 3, "estado": state, "datos": picture}, [])
    (answered,) = sent
    assert (answered["tipo"], answered["turno"]) == ("resultado", 3)
    assert (answered["h"], answered["w"]) == (3, 3)
    assert np.frombuffer(base64.b64decode(answered["data"]), "<f4").sum() == 3


def test_a_prediction_carries_its_question_as_texts():
    asked = Predice("¿2 + 2?", 4, "se suman", opciones=[3, 4], replicas={3: "casi"}).pregunta
    assert asked["respuesta"] == "4"
    assert asked["opciones"] == ["3", "4"]
    assert asked["replicas"] == [["3", "casi"]]


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


WIDGET = "application/vnd.jupyter.widget-view+json"


def _bundle(widget) -> dict:
    found = widget._repr_mimebundle_()
    return found[0] if isinstance(found, tuple) else found


def test_where_no_widget_is_drawn_the_question_is_read_without_its_answer():
    asked = Predice("¿Qué sale?", "blanco", "Suman cero.", opciones=["negro", "blanco", "gris"])
    bundle = _bundle(asked)
    assert WIDGET in bundle
    text = bundle["text/plain"]
    assert text.splitlines()[:4] == ["Predice: ¿Qué sale?", "  · negro", "  · blanco", "  · gris"]
    written = Predice("¿Cuánto?", 41, "Se suman.", replicas={40: "Falta uno."})
    assert "41" not in repr(written)
    assert "40" not in repr(written)


def test_where_no_widget_is_drawn_the_explorer_is_its_numbers_and_its_output_s_size():
    explorer = Explorador(np.arange(16.0).reshape(4, 4), [[1, 2], [0, -1.5]], strides=2)
    text = _bundle(explorer)["text/plain"]
    assert "  12 13 14 15\n" in text
    assert "     0 -1,5\n" in text
    assert "salida de 2×2×1 (padding valid, paso 2, dilatación 1)" in text
    # A kernel that does not fit, a photograph and no argument are told too.
    assert "no cabe" in repr(Explorador(np.zeros((2, 2)), np.ones((3, 3))))
    assert "una foto: palacio" in repr(Explorador("china", np.ones((3, 3, 3, 2))))
    assert repr(Explorador()).startswith("Explorador de la convolución\n")
    words = explorer_in_words({"imagen": "la de la página", "nucleos": [[[[5]]]]}, [])
    assert "kernel de 1×1×1; filtros: 1\n  5\n" in words


@pytest.mark.parametrize("alone", [False, True], ids=["ipywidgets 8", "ipywidgets 7"])
def test_the_words_stand_whether_the_base_gives_data_alone_or_with_metadata(monkeypatch, alone):
    import anywidget

    data = {"text/plain": "<Predice object>", WIDGET: {}}
    given = data if alone else (data, {})
    monkeypatch.setattr(anywidget.AnyWidget, "_repr_mimebundle_", lambda self, **_: given)
    assert _bundle(Predice("¿Qué?", 1, "Por eso."))["text/plain"].startswith("Predice: ¿Qué?")


def test_where_the_base_gives_nothing_nothing_is_added(monkeypatch):
    import anywidget

    monkeypatch.setattr(anywidget.AnyWidget, "_repr_mimebundle_", lambda self, **_: None)
    assert Predice("¿Qué?", 1, "Por eso.")._repr_mimebundle_() is None
