"""Calcula con tres cifras."""

import keras
from keras import layers


def construir_mlp():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(128, activation="relu", dtype="mixed_bfloat16"),
            layers.Dense(64, activation="relu", dtype="mixed_bfloat16"),
            layers.Dense(10, activation="softmax", dtype="mixed_bfloat16"),
        ]
    )
