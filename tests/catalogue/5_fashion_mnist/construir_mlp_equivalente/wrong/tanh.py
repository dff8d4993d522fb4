"""Con tanh."""

import keras
from keras import layers

CAUSE_CONTAINS = "tanh en lugar de ReLU"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(256, activation="tanh"),
            layers.Dense(96, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )
