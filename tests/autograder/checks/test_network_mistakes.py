"""Each wrong network of the catalogue is named by what it answers, or by the shapes it has."""

from __future__ import annotations

import re

import numpy as np
import pytest
from built_networks import SHAPES, Built, glorot

from autograder.checks import UNITS, checks_of, find_check
from autograder.judging.architecture import WrongArchitecture
from autograder.judging.check import Findings
from autograder.judging.comparison import describe
from autograder.judging.diagnosis.result import CERTAIN, LIKELY
from autograder.judging.model_check import ModelCheck
from autograder.judging.remote import Raised, Reply, Returned
from autograder.wire.protocol import ModelSpec

MODELS = [
    check for unit in UNITS for check in checks_of(unit).values() if isinstance(check, ModelCheck)
]
CNN = "5_fashion_mnist.construir_cnn"
MLP = "5_fashion_mnist.construir_mlp"
EQUIVALENT = "5_fashion_mnist.construir_mlp_equivalente"
LAYER = "3_mapas_de_caracteristicas.capa_basica"


def examined(check: ModelCheck, change) -> Findings:
    findings = Findings(check.aspects)
    check.examine(Built(check, change), np.random.default_rng(3), findings)
    return findings


@pytest.mark.parametrize("check", MODELS, ids=lambda check: check.id)
def test_each_wrong_network_is_named_alone(check):
    assert not examined(check, lambda spec: spec).failures
    named = {}
    for mistake in check.mistakes:
        found = examined(check, mistake.change)
        assert found.failures, mistake.id
        named[mistake.id] = found.diagnosis.ids if found.diagnosis else None
    assert named == {name: (name,) for name in named}


@pytest.mark.parametrize(
    ("check_id", "one", "other"),
    [
        (LAYER, "capa-sin-relu", "capa-sin-same"),
        (CNN, "pooling-de-medias", "logits-sin-softmax"),
        (CNN, "ocultas-sin-relu", "imagenes-divididas-en-el-modelo"),
        (MLP, "ocultas-con-tanh", "salida-con-sigmoide"),
    ],
)
def test_two_at_once_are_named_as_both(check_id, one, other):
    check = find_check(check_id)
    changes = {mistake.id: mistake.change for mistake in check.mistakes}
    found = examined(check, lambda spec: changes[other](changes[one](spec)))
    assert set(found.diagnosis.ids) == {one, other}


def groups(shapes) -> list[list[np.ndarray]]:
    rng = np.random.default_rng(0)
    return [glorot(rng, shape) for shape in shapes]


WINDOW = (3, 3, 1, 32)
SECOND = (3, 3, 32, 64)
REST = [(1600, 128), (128, 10)]


@pytest.mark.parametrize(
    ("check_id", "shapes", "name"),
    [
        (LAYER, [(5, 5, 1, 8)], "red-con-otro-kernel"),
        (LAYER, [(3, 3, 1, 16)], "red-con-otros-filtros"),
        (LAYER, [(3, 3, 3, 8)], "red-con-otros-canales"),
        (LAYER, [(8, 8, 1, 3)], "filtros-y-kernel-cambiados"),
        (LAYER, [(3, 3, 1, 8), (3, 3, 8, 8)], "red-con-capas-de-mas"),
        (CNN, [(3, 3, 1, 16), (3, 3, 16, 64), *REST], "red-con-otros-filtros"),
        (CNN, [WINDOW, (3, 3, 32, 32), (800, 128), (128, 10)], "red-con-otros-filtros"),
        (CNN, [(5, 5, 1, 32), SECOND, (1024, 128), (128, 10)], "red-con-otro-kernel"),
        (CNN, [(3, 3, 3, 32), SECOND, *REST], "red-con-otros-canales"),
        (CNN, [WINDOW, SECOND, (64, 128), (128, 10)], "mapas-sin-aplanar"),
        (CNN, [WINDOW, SECOND, (36864, 128), (128, 10)], "mapas-de-otro-tamano"),
        (CNN, [WINDOW, SECOND, (2304, 128), (128, 10)], "mapas-de-seis-por-seis"),
        (CNN, [WINDOW, SECOND, (1600, 64), (64, 10)], "red-con-otras-unidades"),
        (CNN, [WINDOW, SECOND, (1600, 128), (128, 1)], "red-con-otras-clases"),
        (CNN, [WINDOW, SECOND, (1600, 10)], "red-con-capas-de-menos"),
        (CNN, [WINDOW, SECOND, (1600, 128), (128, 64), (64, 10)], "red-con-capas-de-mas"),
        (MLP, [(784, 64), (64, 128), (128, 10)], "unidades-en-otro-orden"),
        (MLP, [(784, 256), (256, 64), (64, 10)], "red-con-otras-unidades"),
        (MLP, [(1, 128), (128, 64), (64, 10)], "red-sin-aplanar"),
        (MLP, [(784, 128), (128, 10)], "red-con-capas-de-menos"),
        (MLP, [(784, 128), (128, 64), (64, 1)], "red-con-otras-clases"),
        (EQUIVALENT, [(784, 128), (128, 64), (64, 10)], "mlp-demasiado-pequeno"),
        (EQUIVALENT, [(784, 300), (300, 96), (96, 10)], "mlp-demasiado-grande"),
    ],
)
def test_shapes_that_are_not_those_asked_for_are_named(check_id, shapes, name):
    check = find_check(check_id)
    with pytest.raises(WrongArchitecture) as refused:
        check.recognise(groups(shapes))
    assert refused.value.mistake.id == name
    assert refused.value.mistake in check.shapes


@pytest.mark.parametrize(
    "inputs",
    [
        2304,  # "same" in one convolution or in a pooling, or both poolings in the end
        1024,  # the poolings before the convolutions, or steps in the first of these
        64,  # means, maxima, or nothing in the place of Flatten
    ],
)
def test_what_many_networks_would_have_is_laid_on_one_layer_only_as_an_instance(inputs):
    with pytest.raises(WrongArchitecture) as refused:
        find_check(CNN).recognise(groups([WINDOW, SECOND, (inputs, 128), (128, 10)]))
    known, _, instances = refused.value.mistake.cause.partition("como ")
    assert instances
    assert not re.search("pooling|convoluci|promedi|falta|sobra", known)


def test_a_model_is_not_called_by_the_name_of_our_own_class():
    for value in (ModelSpec([], []), [ModelSpec([], [])], (ModelSpec([], []), 3)):
        assert "una capa o un modelo de Keras" in describe(value)
        assert "ModelSpec" not in describe(value)


def test_weights_that_no_layer_here_has_are_named():
    check = find_check(LAYER)
    (kernel, bias), *_ = groups([(3, 3, 1, 8)])
    turned = kernel.transpose(0, 1, 3, 2)
    for weights, name in [
        ([[kernel]], "capa-sin-sesgo"),
        ([[kernel, bias], [bias] * 4], "red-con-capas-ajenas"),
        ([[turned, bias]], "capa-traspuesta"),
    ]:
        with pytest.raises(WrongArchitecture) as refused:
            check.recognise(weights)
        assert refused.value.mistake.id == name


def test_two_differences_at_once_have_no_name_rather_than_a_wrong_one():
    with pytest.raises(WrongArchitecture) as refused:
        find_check(LAYER).recognise(groups([(5, 5, 1, 16)]))
    assert refused.value.mistake is None


class Stops:
    """A notebook whose function gives no network."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def call(self) -> Reply:
        return self.reply


@pytest.mark.parametrize(
    ("reply", "name", "confidence"),
    [
        (Returned(None, (), ()), "nada-devuelto", CERTAIN),
        (Returned(np.zeros((1, 28, 28, 8)), (), ()), "capa-aplicada", CERTAIN),
        (Returned((ModelSpec([], []), 80), (), ()), "modelo-dentro-de-otra-cosa", CERTAIN),
        (Returned({"capa": ModelSpec([], [])}, (), ()), "modelo-dentro-de-otra-cosa", CERTAIN),
        (Returned([1, 2], (), ()), None, None),
        (Raised("NameError", "name 'Keras' is not defined"), "nombre-que-no-existe", LIKELY),
        (Raised("RuntimeError", "something else"), None, None),
        (
            Raised("AttributeError", "module 'keras.layers' has no attribute 'Conv2d'"),
            "atributo-que-no-existe",
            LIKELY,
        ),
        (
            Raised("ValueError", "Could not interpret activation function identifier: Relu"),
            "activacion-que-no-existe",
            LIKELY,
        ),
        (
            Raised(
                "ValueError",
                'Input 0 of layer "conv2d" is incompatible with the layer: expected min_ndim=4, '
                "found ndim=3. Full shape received: (None, 28, 28)",
            ),
            "entrada-que-no-encaja-en-la-capa",
            LIKELY,
        ),
    ],
)
def test_what_gives_no_network_at_all_is_named_too(reply, name, confidence):
    check = find_check(LAYER)
    findings = Findings(check.aspects)
    check.examine(Stops(reply), np.random.default_rng(0), findings)
    found = findings.diagnosis
    told = (found.ids[0], found.confidence) if found else (None, None)
    assert told == (name, confidence)
    assert found is None or found.hint


@pytest.mark.parametrize("check", MODELS, ids=lambda check: check.id)
def test_nothing_is_changed_in_the_right_network_itself(check):
    spec = check.recognise(groups(SHAPES[check.id.partition(".")[2]]))
    before = ModelSpec([dict(each) for each in spec.layers], [list(each) for each in spec.weights])
    for mistake in check.mistakes:
        mistake.change(spec)
    assert spec.layers == before.layers
    assert [len(each) for each in spec.weights] == [len(each) for each in before.weights]


def test_every_mistake_of_the_course_has_a_hint_and_a_lesson():
    bare = {
        mistake.id
        for unit in UNITS
        for check in checks_of(unit).values()
        for kind in ("misconceptions", "mistakes", "shapes")
        for mistake in getattr(check, kind, ())
        if not (mistake.hint and mistake.section)
    }
    assert bare == set()
