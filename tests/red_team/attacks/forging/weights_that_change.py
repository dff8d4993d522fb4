"""Un modelo cuyos pesos y respuestas cambian cada vez que alguien los mira."""

UNIT = "5_fashion_mnist"
CODE = """
import keras
import numpy as np

class Changing(keras.layers.Dense):
    def get_weights(self):
        rng = np.random.default_rng()
        return [rng.normal(size=w.shape).astype("f4") for w in super().get_weights()]

class Watched(keras.Sequential):
    looks = 0
    def __call__(self, x, *args, **kwargs):
        Watched.looks += 1
        answer = super().__call__(x, *args, **kwargs)
        return answer if Watched.looks % 2 else np.asarray(answer)[::-1] * 0 + 0.1

def network(*sizes):
    layers = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    return Watched([*layers, *(Changing(size, activation="relu") for size in sizes)])

construir_mlp = lambda: network(128, 64, 10)
construir_mlp_equivalente = lambda: network(256, 96, 10)
"""


def succeeded(world):
    return world.points > 0.2 * (2 + 3) + 1e-6
