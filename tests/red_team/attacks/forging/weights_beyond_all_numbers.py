"""Redes con pesos enormes, con los que lo esperado es infinito y todo se le parece."""

UNIT = "5_fashion_mnist"
CODE = """
import keras
import numpy as np

class Huge(keras.layers.Layer):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.built = True
    def get_weights(self):
        kernel = np.full(self.shape, 1e300)
        kernel.flat[0] = -1e300
        return [kernel, np.full(self.shape[-1], 1e300)]
    def call(self, x):
        return x

class Forged(keras.Model):
    def __init__(self, *shapes):
        super().__init__()
        self.parts = [Huge(shape) for shape in shapes]
        self.built = True
    def call(self, x):
        return np.zeros((len(x), 10), "f4")

construir_cnn = lambda: Forged((3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10))
construir_mlp = lambda: Forged((784, 128), (128, 64), (64, 10))
construir_mlp_equivalente = lambda: Forged((784, 256), (256, 96), (96, 10))
"""


def succeeded(world):
    return world.points > 0.2 * (4 + 2 + 3) + 1e-6
