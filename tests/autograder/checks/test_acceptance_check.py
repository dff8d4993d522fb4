"""The points of the acceptance are those that the judge's own measure gives, and no other's."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import acceptance, fashion_mnist, find_check
from autograder.checks.acceptance import AcceptanceResult, Criterion
from autograder.common.errors import CursoError
from autograder.judging.judge import judge
from autograder.judging.remote import Raised, Returned
from autograder.wire.protocol import ModelSpec

CHECK = find_check("5_fashion_mnist.redes_entrenadas")
TEST = np.zeros((10, 28, 28), np.uint8), np.arange(10)
CNN = ((3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10))
MLP = ((784, 128), (128, 64), (64, 10))
EQUIVALENT = ((784, 256), (256, 96), (96, 10))


class Notebook:
    """A function that answers always the same."""

    def __init__(self, reply) -> None:
        self.reply = reply

    def call(self):
        return self.reply


def model(shapes, scale: float = 0.0) -> ModelSpec:
    draw = np.random.default_rng(0).normal
    weights = [[(scale * draw(size=s)).astype(np.float32), np.zeros(s[-1], "f4")] for s in shapes]
    layers = [{"class_name": "Dense", "name": f"c{i}", "config": {}} for i in range(len(shapes))]
    return ModelSpec(layers, weights)


def networks() -> list[ModelSpec]:
    return [model(CNN), model(MLP), model(EQUIVALENT)]


def verdict_on(reply):
    return judge(CHECK, Notebook(reply), 1)


def returned(value):
    return verdict_on(Returned(value, (), ()))


@pytest.fixture(autouse=True)
def images(monkeypatch):
    monkeypatch.setattr(fashion_mnist, "load_test", lambda: TEST)
    monkeypatch.setattr(acceptance, "_kept", type(acceptance._kept)())


def test_accepted_networks_earn_everything(monkeypatch):
    seen = []
    fulfilled = Criterion("la CNN llega al 91 %", acceptance.ACCEPTED, "acierta el 92 %")

    def measured(specs, test):
        seen.append((list(specs), test))
        return AcceptanceResult(10, (), (), (fulfilled,))

    monkeypatch.setattr(acceptance, "_measured", measured)
    verdict = returned(networks())
    assert verdict.passed
    assert verdict.score == 1
    assert seen == [(["cnn", "mlp", "mlp_equivalente"], TEST)]


def test_networks_that_guess_earn_nothing_and_read_each_reason():
    verdict = returned(networks())
    assert verdict.score == 0
    assert "la CNN llega al 91 %: acierta el 10,00 %" in verdict.report()
    assert "el MLP está entrenado" in verdict.report()


def test_the_same_networks_are_measured_once(monkeypatch):
    calls = []
    measure = acceptance._measured
    monkeypatch.setattr(acceptance, "_measured", lambda *a: calls.append(a) or measure(*a))
    for _ in range(2):
        returned(networks())
    assert len(calls) == 1
    returned([model(CNN, 0.01), *networks()[1:]])
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("FileNotFoundError", "[Errno 2] Unable to open file (name = 'cnn.weights.h5')"),
        ("OSError", "Unable to synchronously open file: 'mlp.weights.h5' not found"),
    ],
)
def test_missing_weights_are_one_clear_line(kind, message):
    verdict = verdict_on(Raised(kind, message))
    assert verdict.score == 0
    assert verdict.rejected.startswith("faltan los pesos")
    assert "mlp_equivalente.weights.h5" in verdict.rejected


KERAS_SAYS = (
    "A total of 4 objects could not be loaded. Example error message for object <Conv2D>: Layer"
    " 'conv2d' expected 2 variables, but received 0 variables during loading. Expected: ['kernel']",
    "Layer count mismatch when loading weights from file. Model expected 4 layers, found 3",
)


@pytest.mark.parametrize("message", KERAS_SAYS)
def test_the_weights_of_another_network_are_one_spanish_line(message):
    verdict = verdict_on(Raised("ValueError", message))
    assert verdict.score == 0
    assert verdict.rejected.startswith("los pesos de un archivo no son los de la red")
    assert "ValueError: no sé" in verdict_on(Raised("ValueError", "no sé")).rejected


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "None"),
        (0.99, "0,99"),
        ([], "[] (list)"),
        ([1.0, 1.0, 1.0], "1 (float)"),
        ("aceptada", "aceptada"),
        (networks()[:2], "2 elementos"),
        ([*networks(), model(MLP)], "4 elementos"),
        ({"cnn": networks()[0]}, "diccionario"),
    ],
)
def test_anything_else_is_refused_in_a_line(value, told):
    verdict = returned(value)
    assert verdict.score == 0
    assert told in verdict.rejected
    assert "\n" not in verdict.rejected


def test_networks_out_of_order_or_spoilt_earn_nothing():
    cnn, mlp, equivalent = networks()
    assert "CNN: " in returned([mlp, cnn, equivalent]).report()
    assert not returned([cnn, equivalent, mlp]).passed
    spoilt = model(MLP)
    spoilt.weights[0][0][:] = np.nan
    assert not returned([cnn, spoilt, equivalent]).passed


def test_without_the_images_it_says_so(monkeypatch):
    def missing():
        raise CursoError("no hay datos")

    monkeypatch.setattr(fashion_mnist, "load_test", missing)
    assert "faltan las imágenes de prueba: no hay datos" in returned(networks()).rejected


def test_a_stub_is_not_a_failure():
    assert "todavía no está escrita" in verdict_on(Raised("NotImplementedError", "")).report()
