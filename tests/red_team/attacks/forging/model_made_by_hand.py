"""Manda una descripción de modelo escrita a mano, con formas correctas y sin modelo detrás."""

UNIT = "5_fashion_mnist"
CODE = """
import numpy as np
from autograder.notebook import client
from autograder.wire.protocol import ModelSpec

rng = np.random.default_rng(0)

def spec(*shapes):
    arrays = [[rng.normal(size=s).astype("f4"), np.zeros(s[-1], "f4")] for s in shapes]
    layers = [{"class_name": "Conv2D", "name": "x", "config": {}, "output_shape": []}] * len(shapes)
    return ModelSpec(layers, arrays, 0)

class Answer:
    def __getitem__(self, handle):
        return lambda x: np.full((len(x), 10), 0.1, "f4")

answer = client._answer
client.to_plain = lambda value, models: value
client._answer = lambda request, function, models: answer(request, function, Answer())
construir_cnn = lambda: spec((3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10))
construir_mlp = lambda: spec((784, 128), (128, 64), (64, 10))
construir_mlp_equivalente = lambda: spec((784, 256), (256, 96), (96, 10))
"""


def succeeded(world):
    # A fifth of the points of the three networks is for the shapes, and those are right.
    return world.points > 0.2 * (4 + 2 + 3) + 1e-6
