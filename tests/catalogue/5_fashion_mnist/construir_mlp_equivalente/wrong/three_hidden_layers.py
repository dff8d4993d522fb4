"""Una capa oculta de más."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "capas con pesos de más"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dense(96, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
