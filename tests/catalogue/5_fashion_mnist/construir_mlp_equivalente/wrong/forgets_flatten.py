"""Sin Flatten: Dense actúa sobre el eje de los canales."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "falta Flatten"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Dense(256, activation="relu"),
            layers.Dense(96, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
