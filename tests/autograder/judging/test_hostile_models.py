"""Weights are the student's choice: none makes a wrong network pass, or breaks the judge."""

from __future__ import annotations

import numpy as np
import pytest
from built_networks import anew

from autograder.checks import find_check
from autograder.checks.homework_networks import recognise_cnn, recognise_mlp
from autograder.judging import networks
from autograder.judging.judge import judge
from autograder.judging.remote import Returned
from autograder.wire.protocol import ModelSpec

CNN = [(3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10)]
MLP = [(784, 128), (128, 64), (64, 10)]


class Notebook:
    """A student's process that answers as it likes."""

    def __init__(self, spec: ModelSpec, answer) -> None:
        self.spec, self.answer = spec, answer

    def call(self, *args, **kwargs):
        return Returned(anew(self.spec), (), ())

    def apply(self, handle, x):
        return Returned(self.answer(x), (), ())


def described(groups, shape=(None, 28, 28, 1)) -> ModelSpec:
    entry = {"class_name": "InputLayer", "name": "x", "config": {}, "output_shape": list(shape)}
    return ModelSpec([entry] * (len(groups) + 1), [[], *groups], 0)


def weights(rng, shapes, scale=1.0, bias=0.0, dtype=np.float32):
    """As Keras draws them, times ``scale``, with biases up to ``bias``."""
    groups = []
    for shape in shapes:
        most = np.sqrt(6 / (np.prod(shape[:-1]) + np.prod(shape[:-2]) * shape[-1])) * scale
        kernel = rng.uniform(-most, most, shape).astype(dtype)
        groups.append([kernel, rng.uniform(0, bias, shape[-1]).astype(dtype)])
    return groups


def network(recognise, groups, **changes):
    """What a student's network answers; ``changes`` are to its hidden layers' configurations."""
    spec = recognise(groups)
    layers = [
        layer
        | {"config": layer["config"] | {k: v for k, v in changes.items() if k in layer["config"]}}
        for layer in spec.layers
    ]
    changed = networks.with_last_activation(ModelSpec(layers, spec.weights), "softmax")
    return lambda x: networks.output(changed, x.astype(np.float64))


@pytest.mark.parametrize("seed", range(12))
def test_ordinary_weights_of_a_right_network_pass(seed):
    rng = np.random.default_rng(seed)
    for name, recognise, shapes in (
        ("construir_cnn", recognise_cnn, CNN),
        ("construir_mlp", recognise_mlp, MLP),
    ):
        groups = weights(rng, shapes)
        notebook = Notebook(described(groups), network(recognise, groups))
        verdict = judge(find_check(f"5_fashion_mnist.{name}"), notebook, seed)
        assert verdict.passed, verdict.report()


@pytest.mark.parametrize("scale", [1e-20, 1e-9, 1e-5])
def test_weights_with_which_a_mistake_does_not_show_earn_only_the_shape(scale):
    groups = weights(np.random.default_rng(1), CNN, scale, bias=5.0)
    notebook = Notebook(described(groups), network(recognise_cnn, groups, activation="linear"))
    verdict = judge(find_check("5_fashion_mnist.construir_cnn"), notebook, 1)
    assert verdict.score == pytest.approx(0.2)
    assert "no se nota qué calcula" in verdict.report()


def test_with_infinite_answers_nothing_is_near_enough():
    groups = weights(np.random.default_rng(1), MLP, 1e300, dtype=np.float64)
    notebook = Notebook(described(groups), lambda x: np.zeros((len(x), 10)))
    verdict = judge(find_check("5_fashion_mnist.construir_mlp"), notebook, 1)
    assert verdict.score == pytest.approx(0.2)
    assert "no cabe en ningún número" in verdict.report()


@pytest.mark.parametrize("shape", [(None, 784, *[1] * 30), (None, 784, *[1] * 900), [None] * 5000])
def test_an_input_of_absurd_axes_is_no_fault_of_the_judges(shape, caplog):
    groups = weights(np.random.default_rng(1), MLP)
    notebook = Notebook(described(groups, shape), network(recognise_mlp, groups))
    verdict = judge(find_check("5_fashion_mnist.construir_mlp"), notebook, 1)
    assert "el corrector falló" not in verdict.report()
    assert not caplog.records
