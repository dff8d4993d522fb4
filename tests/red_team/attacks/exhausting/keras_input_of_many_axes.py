"""Un modelo que dice recibir imágenes de treinta ejes, o de tamaños absurdos."""

UNIT = "5_fashion_mnist"
CODE = """
import numpy as np
from autograder.notebook import client
from autograder.wire.protocol import ModelSpec

rng = np.random.default_rng(0)

def spec(shape, *shapes):
    arrays = [[rng.normal(size=s).astype("f4"), np.zeros(s[-1], "f4")] for s in shapes]
    entry = {"class_name": "InputLayer", "name": "x", "config": {}, "output_shape": shape}
    return ModelSpec([entry] * (len(arrays) + 1), [[], *arrays], 0)

client.to_plain = lambda value, models: value
construir_cnn = lambda: spec(
    [None, 28, 28, *[1] * 30], (3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10)
)
construir_mlp = lambda: spec([None, 784, *[1] * 900], (784, 128), (128, 64), (64, 10))
construir_mlp_equivalente = lambda: spec([None] * 5000, (784, 256), (256, 96), (96, 10))
"""


def succeeded(world):
    # The corrector must not break over it and blame itself.
    return world.held_up or "el corrector falló" in world.printed
