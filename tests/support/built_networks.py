"""A notebook whose function returns a network that the judge knows, right or changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np

from autograder.judging import networks
from autograder.judging.model_check import ModelCheck
from autograder.judging.networks import layer
from autograder.judging.remote import Returned
from autograder.wire.protocol import ModelSpec


class Built:
    """A notebook whose function returns a network with fresh weights, as Keras draws them."""

    def __init__(self, check: ModelCheck, change=lambda spec: spec) -> None:
        self.check, self.change, self.seed = check, change, 0

    def call(self):
        self.seed += 1
        rng = np.random.default_rng(self.seed)
        groups = [glorot(rng, shape) for shape in SHAPES[self.check.id.partition(".")[2]]]
        spec = self.check.recognise(groups)
        if self.check.classifies:
            spec = networks.with_last_activation(spec, "softmax")
        self.network = self.change(spec)
        entry = layer("InputLayer", "x") | {"output_shape": [None, 28, 28, 1]}
        return Returned(anew(ModelSpec([entry, *spec.layers], [[], *spec.weights])), (), ())

    def apply(self, handle, x):
        answer = networks.output(self.network, x.astype(np.float64))
        return Returned(answer.astype(np.float32), (), ())


_handles = count()


def anew(spec: ModelSpec) -> ModelSpec:
    """The same description, of a model that was not returned before."""
    return replace(spec, handle=next(_handles))


SHAPES = {
    "capa_basica": [(3, 3, 1, 8)],
    "capa_stride2": [(3, 3, 1, 32)],
    "construir_cnn": [(3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10)],
    "construir_mlp": [(784, 128), (128, 64), (64, 10)],
    "construir_mlp_equivalente": [(784, 256), (256, 96), (96, 10)],
}


def glorot(rng, shape):
    most = np.sqrt(6 / (np.prod(shape[:-1]) + np.prod(shape[:-2]) * shape[-1]))
    return [rng.uniform(-most, most, shape).astype(np.float32), np.zeros(shape[-1], np.float32)]
