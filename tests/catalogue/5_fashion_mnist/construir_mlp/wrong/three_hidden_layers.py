"""Una capa oculta de más."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "capas con pesos de más"


def construir_mlp():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
