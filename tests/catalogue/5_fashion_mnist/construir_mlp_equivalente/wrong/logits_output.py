"""Logits en la salida."""

import keras
from keras import layers

CAUSE_CONTAINS = "da logits"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((784,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(96, activation="relu"),
            layers.Dense(10),
        ]
    )
