"""En float64."""

import keras
from keras import layers


def construir_mlp():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(128, activation="relu", dtype="float64"),
            layers.Dense(64, activation="relu", dtype="float64"),
            layers.Dense(10, activation="softmax", dtype="float64"),
        ]
    )
