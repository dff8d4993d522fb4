"""The networks that a diagnosis asks with: few, small, and valid however they shrink."""

from __future__ import annotations

import numpy as np
import pytest
from harness import verdict_on
from impatient import Here
from mistaken import mistaken

from autograder.checks import find_check
from autograder.checks.network_space import KEPT, Networks, network
from autograder.judging import networks
from autograder.judging.check import Findings
from autograder.judging.diagnosis.result import Diagnosis
from autograder.notebook import keras_bridge
from autograder.wire.protocol import ModelSpec

CHECKS = [
    "3_mapas_de_caracteristicas.extraer_mapas",
    "3_mapas_de_caracteristicas.filtros_aprendidos",
    "5_fashion_mnist.parametros_totales",
    "5_fashion_mnist.mapas_primera_conv",
]


def space_of(check_id: str) -> Networks:
    return find_check(check_id).space


def smallest(space: Networks, arguments: dict) -> list[dict]:
    """The calls on the way down when each first step is taken."""
    path = [arguments]
    while steps := list(space.smaller(path[-1])):
        path.append(steps[0])
    return path


@pytest.mark.parametrize("check_id", CHECKS)
def test_few_networks_are_asked_with_so_that_each_is_built_once(check_id):
    rng = np.random.default_rng(0)
    drawn = [space_of(check_id).draw(rng)["modelo"] for _ in range(60)]
    assert len({repr(spec) for spec in drawn}) <= KEPT < keras_bridge.MOST_KEPT


def test_what_a_network_is_made_of_goes_with_no_number_of_channels():
    """Who fails with every functional model must not hear that it fails with two channels."""
    drawn = [network(kind) for kind in range(KEPT)]
    of = [{each["class_name"] for each in spec.layers} for spec in drawn]
    last = [spec.layers[-1]["class_name"] for spec in drawn]
    has = {kind: [kind in classes for classes in of] for kind in set().union(*of)}
    has |= {f"{kind} al final": [kind == each for each in last] for kind in set(last)}
    has["varias convoluciones"] = [
        sum(each["class_name"] == "Conv2D" for each in spec.layers) > 1 for spec in drawn
    ]
    # What a single network has decides too few calls for anything to be said of it.
    has = {what: seen for what, seen in has.items() if 1 < sum(seen) < KEPT - 1}
    several = [first_kernel_of(spec).shape[2] > 1 for spec in drawn]
    assert {"InputLayer", "Dense", "MaxPooling2D"} < has.keys()
    for what, seen in has.items():
        assert len({*zip(seen, several, strict=True)}) == 4, what


def first_kernel_of(spec: ModelSpec) -> np.ndarray:
    return next(array for arrays in spec.weights for array in arrays if array.ndim == 4)


@pytest.mark.parametrize("check_id", [CHECKS[0], CHECKS[3]])
def test_every_step_down_is_a_network_that_its_images_go_through(check_id):
    space, rng = space_of(check_id), np.random.default_rng(1)
    for _ in range(8):
        for given in smallest(space, space.draw(rng)):
            maps = networks.activations(given["modelo"], given[space.images].astype(float))
            assert all(each.size for each in maps.values())
            assert space.named == "" or given[space.named] in maps


def test_keras_builds_the_networks_and_computes_the_same():
    space, rng = space_of(CHECKS[0]), np.random.default_rng(2)
    for given in (space.draw(rng), smallest(space, space.draw(rng))[-1]):
        model, x = keras_bridge.build(given["modelo"]), given["x"]
        expected = networks.output(given["modelo"], x.astype(float))
        np.testing.assert_allclose(model(x), expected, rtol=1e-5)


def told(check_id: str, mistake_id: str) -> Diagnosis:
    """What is heard of a mistake; without Keras, whose first calls may use up the time to ask."""
    check = find_check(check_id)
    mistake = next(each for each in check.misconceptions if each.id == mistake_id)
    findings = Findings(check.aspects)
    check.examine(Here(mistaken(check, mistake)), np.random.default_rng(3), findings)
    return findings.diagnosis


def test_the_example_shows_the_smallest_network_in_words_and_in_numbers():
    diagnosis = told(CHECKS[0], "salida-del-modelo")
    assert diagnosis.ids == ("salida-del-modelo",)
    tables = {table.name: table for table in diagnosis.example.inputs}
    assert tables["modelo"].values.count("→") == 1, tables["modelo"]
    assert max(np.size(table.values) for table in tables.values() if table.shape) <= 6
    assert diagnosis.example.call.startswith("extraer_mapas(modelo, '")


def test_what_two_models_of_the_check_leave_open_more_calls_decide():
    """After every first convolution of the check comes a pooling: not so of the drawn ones."""
    diagnosis = told(CHECKS[3], "mapas-tras-el-pooling")
    assert diagnosis.ids == ("mapas-tras-el-pooling",)
    assert diagnosis.example is not None


def test_a_model_is_not_shown_as_python_shows_it():
    spec = ModelSpec([networks.layer("Flatten", "plana")], [[]])
    verdict = verdict_on(CHECKS[2], lambda modelo: 1, 0)
    assert "ModelSpec" not in verdict.report()
    assert repr(spec) not in verdict.report()


@pytest.mark.parametrize("kind", ["Dropout", "GaussianNoise"])
def test_a_network_of_a_case_shrinks_whatever_its_layers_are(kind):
    """A check's own cases have layers that the space never draws."""
    space = space_of("3_mapas_de_caracteristicas.extraer_mapas")
    drawn = space.draw(np.random.default_rng(0))
    spec = drawn["modelo"]
    odd = {"class_name": kind, "name": "rara", "config": {"name": "rara", "rate": 0.5}}
    place = 1 if spec.layers[0]["class_name"] == "InputLayer" else 0
    layers = [*spec.layers[:place], odd, *spec.layers[place:]]
    weights = [*spec.weights[:place], [], *spec.weights[place:]]
    steps = list(space.smaller(drawn | {"modelo": ModelSpec(layers, weights)}))
    assert any(len(step["modelo"].layers) == len(spec.layers) for step in steps)
