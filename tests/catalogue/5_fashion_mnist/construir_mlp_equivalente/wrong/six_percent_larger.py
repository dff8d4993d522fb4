"""Un 6 % más grande que la CNN."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "pasa del 105 %"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(266, activation="relu"),
            layers.Dense(108, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
