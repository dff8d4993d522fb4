"""Redes equivocadas con pesos iniciales con los que no se nota qué calculan."""

UNIT = "5_fashion_mnist"
CODE = """
import keras

def quiet(layer, units, *size, **options):
    return layer(units, *size, kernel_initializer=keras.initializers.RandomNormal(0, 1e-20),
                 bias_initializer=keras.initializers.RandomUniform(0, 9), **options)

def construir_cnn():
    layers, conv, dense = keras.layers, keras.layers.Conv2D, keras.layers.Dense
    pooling = layers.AveragePooling2D
    return keras.Sequential([
        keras.Input((28, 28, 1)), quiet(conv, 32, 3), pooling(2), quiet(conv, 64, 3), pooling(2),
        layers.Flatten(), quiet(dense, 128), quiet(dense, 10, activation="softmax"),
    ])

def dense(*sizes):
    layers = [quiet(keras.layers.Dense, size) for size in sizes]
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), *layers])

construir_mlp = lambda: dense(128, 64, 10)
construir_mlp_equivalente = lambda: dense(256, 96, 10)
"""


def succeeded(world):
    return world.points > 0.2 * (4 + 2 + 3) + 1e-6
