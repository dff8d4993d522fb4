"""Una capa de Keras que miente sobre sus pesos, sus parámetros y la forma de su salida."""

UNIT = "3_mapas_de_caracteristicas"
CODE = """
import keras
import numpy as np

class Forged(keras.layers.Layer):
    filters = 8
    def build(self, shape):
        self.built = True
    def count_params(self):
        return 80
    def get_weights(self):
        rng = np.random.default_rng(0)
        return [rng.normal(size=(3, 3, 1, self.filters)).astype("f4"), np.zeros(self.filters, "f4")]
    @property
    def output_shape(self):
        return (None, 28, 28, self.filters)
    def call(self, x):
        side = -(-x.shape[1] // self.step)
        return np.zeros((len(x), side, -(-x.shape[2] // self.step), self.filters), "f4")
    step = 1

class Wide(Forged):
    filters, step = 32, 2

capa_basica, capa_stride2 = Forged, Wide
"""


def succeeded(world):
    # A fifth of the points of both layers is for the shapes, and those are right.
    return world.points > 0.2 * (3 + 3)
