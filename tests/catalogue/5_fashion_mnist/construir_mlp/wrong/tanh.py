"""Con tanh."""

import keras
from keras import layers

CAUSE_CONTAINS = "tanh en lugar de ReLU"


def construir_mlp():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(128, activation="tanh"),
            layers.Dense(64, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )
