"""Un modelo que se contiene a sí mismo, con cien mil capas."""

UNIT = "5_fashion_mnist"
CODE = """
import keras

class Endless(keras.Model):
    built = True
    @property
    def layers(self):
        return [self, Endless()]

class Crowd(keras.Model):
    built = True
    @property
    def layers(self):
        return [keras.layers.Flatten() for _ in range(100_000)]

construir_cnn = Endless
construir_mlp = construir_mlp_equivalente = Crowd
"""


def succeeded(world):
    return world.held_up or world.earned
