"""El MLP de la clase, con la mitad de parámetros."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "menos parámetros que la CNN"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
