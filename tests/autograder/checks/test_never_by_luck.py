"""What is wrong never passes, whatever inputs are drawn; what is right always does.

Besides the catalogue's ``wrong/`` files, ``almost_right.py`` defines wrong versions of its function
that agree with the right one on many inputs: each is a formula or a slip of a student's.
"""

from __future__ import annotations

import numpy as np
import pytest
from built_networks import Built
from catalogue_files import almost_right, count, files, load, name_of
from impatient import Here, seeds_passed
from mistaken import mistaken
from right_by_hand import BY_HAND
from right_styles import ENGINES
from right_styles import FUNCTIONS as FUNCTIONS_IN_STYLES

from autograder.checks import UNITS, checks_of, find_check
from autograder.judging import networks
from autograder.judging.check import FunctionCheck
from autograder.judging.model_check import ModelCheck
from autograder.judging.remote import Returned
from autograder.wire.protocol import ModelSpec

OWN = ("1_convolucion", "2_filtros", "4_padding")
SEEDS = range(50)
FUNCTIONS = [
    check
    for unit in UNITS
    for check in checks_of(unit).values()
    if isinstance(check, FunctionCheck)
]
MODELS = [
    check for unit in UNITS for check in checks_of(unit).values() if isinstance(check, ModelCheck)
]


def ids(check) -> str:
    return check.id


@pytest.mark.parametrize("path", files(OWN, "wrong"), ids=name_of)
def test_no_wrong_file_passes_with_any_of_fifty_seeds(path):
    _, function, check_id = load(path)
    assert seeds_passed(find_check(check_id), Here(function), SEEDS) == []


@pytest.mark.parametrize("path", almost_right(), ids=lambda path: "/".join(path.parts[-3:-1]))
def test_nothing_that_is_almost_right_passes_with_any_of_fifty_seeds(path):
    check, versions = find_check(".".join(path.parts[-3:-1])), load(path)[0]
    wrong = {n: f for n, f in vars(versions).items() if callable(f) and not n.startswith("_")}
    assert len(wrong) >= 15
    passed = {name: seeds_passed(check, Here(function), SEEDS) for name, function in wrong.items()}
    assert {name: seeds for name, seeds in passed.items() if seeds} == {}


@pytest.mark.parametrize("check", FUNCTIONS, ids=ids)
def test_no_typical_mistake_passes_with_any_of_fifty_seeds(check):
    passed = {}
    for index, mistake in enumerate(check.misconceptions):
        # The many ways of a long catalogue share the seeds: it costs no more than a short one.
        share = max(1, len(check.misconceptions) // 20)
        for seed in SEEDS[index % share :: share]:
            refused = [case for case in check.cases(np.random.default_rng(seed)) if case.raises]
            if seeds_passed(check, Here(mistaken(check, mistake, refused)), [seed]):
                passed.setdefault(mistake.cause, []).append(seed)
    assert passed == {}


@pytest.mark.parametrize("path", files(OWN, "right"), ids=name_of)
def test_right_work_passes_with_each_of_many_seeds(path):
    _, function, check_id = load(path)
    seeds = range(10, 60)  # test_catalogue has the first ten
    assert seeds_passed(find_check(check_id), Here(function), seeds) == list(seeds)


@pytest.mark.parametrize("check_id", FUNCTIONS_IN_STYLES)
def test_a_hundred_seeds_and_more_pass_in_whatever_style(check_id):
    """Each style has ten seeds of its own, so that together they see two hundred and more.

    Those of a pooling, that are the dearest, have five.
    """
    check, failed = find_check(check_id), {}
    each = 5 if "pooling" in check_id else 10
    for index, engine in enumerate(ENGINES):
        seeds = list(range(each * index, each * index + each))
        passed = seeds_passed(check, Here(FUNCTIONS_IN_STYLES[check_id](engine)), seeds)
        if passed != seeds:
            failed[engine.__name__] = sorted(set(seeds) - set(passed))
    assert len(ENGINES) >= 20
    assert failed == {}


WITHOUT_KERAS = [check_id for check_id in BY_HAND if find_check(check_id).own_implementation]


@pytest.mark.parametrize("check_id", WITHOUT_KERAS)
def test_what_is_no_convolution_passes_too_in_whatever_way_it_is_written(check_id):
    """Each way has five seeds of its own; those that read a model are in test_keras_catalogue."""
    check, failed = find_check(check_id), {}
    for index, (name, function) in enumerate(BY_HAND[check_id].items()):
        seeds = list(range(5 * index, 5 * index + 5))
        passed = seeds_passed(check, Here(function), seeds)
        if passed != seeds:
            failed[name] = sorted(set(seeds) - set(passed))
    assert failed == {}


@pytest.mark.parametrize("check", FUNCTIONS, ids=ids)
def test_there_are_fifteen_ways_of_writing_each_function(check):
    engines = len(ENGINES) if check.id in FUNCTIONS_IN_STYLES else 0
    assert engines + len(BY_HAND.get(check.id, ())) + count(check.id, "right") >= 15


def one_layer(index: int, **changes):
    """The change of one layer's configuration."""

    def change(spec: ModelSpec) -> ModelSpec:
        layers = list(spec.layers)
        layers[index] = layers[index] | {"config": layers[index]["config"] | changes}
        return ModelSpec(layers, spec.weights)

    return change


def average(index: int):
    def change(spec: ModelSpec) -> ModelSpec:
        layers = list(spec.layers)
        layers[index] = layers[index] | {"class_name": "AveragePooling2D"}
        return ModelSpec(layers, spec.weights)

    return change


@pytest.mark.parametrize("check", MODELS, ids=ids)
def test_a_right_network_passes_with_any_weights_that_keras_draws(check):
    seeds = range(20)
    assert seeds_passed(check, Built(check), seeds) == list(seeds)


def tf32(array: np.ndarray) -> np.ndarray:
    """What a GPU keeps of a number to multiply it: 10 bits of its fraction."""
    bits = np.ascontiguousarray(array, np.float32).view(np.uint32)
    return ((bits + 0x1000) & 0xFFFFE000).view(np.float32)


class OnAGpu(Built):
    """The same network, each layer multiplying in TF32."""

    def apply(self, handle, x):
        for each, arrays in zip(self.network.layers, self.network.weights, strict=True):
            rounded = [tf32(arrays[0]), arrays[1]] if arrays else []
            x = networks.output(ModelSpec([each], [rounded]), tf32(x))
        return Returned(x.astype(np.float32), (), ())


@pytest.mark.parametrize("check", MODELS, ids=ids)
def test_a_right_network_passes_also_on_a_gpu(check):
    seeds = range(20)
    assert seeds_passed(check, OnAGpu(check), seeds) == list(seeds)


@pytest.mark.parametrize("check", MODELS, ids=ids)
def test_no_wrong_network_passes_with_any_weights_that_keras_draws(check):
    changes = {mistake.cause: mistake.change for mistake in check.mistakes if mistake.shows}
    hidden = [i for i, each in enumerate(_layers(check)) if each["config"].get("activation")]
    for index in hidden[:-1] if check.classifies else hidden:
        for name in ("linear", "relu", "tanh", "sigmoid", "elu", "softplus", "leaky_relu", "gelu"):
            if name != _layers(check)[index]["config"]["activation"]:
                changes[f"layer {index} with {name}"] = one_layer(index, activation=name)
        if _layers(check)[index]["config"]["activation"] == "relu":
            leaky = one_layer(index, activation=lambda x: np.where(x > 0, x, 0.05 * x))
            changes[f"layer {index} with a slope of 0.05"] = leaky
    for index, each in enumerate(_layers(check)):
        if each["class_name"] == "MaxPooling2D":
            changes[f"layer {index} averaged"] = average(index)
    passed = {name: seeds_passed(check, Built(check, c), range(20)) for name, c in changes.items()}
    assert {name: seeds for name, seeds in passed.items() if seeds} == {}


def _layers(check: ModelCheck):
    built = Built(check)
    built.call()
    return built.network.layers
