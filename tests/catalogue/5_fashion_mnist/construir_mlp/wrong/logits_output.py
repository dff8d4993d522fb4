"""Logits en la salida."""

import keras
from keras import layers

CAUSE_CONTAINS = "da logits"


def construir_mlp():
    return keras.Sequential(
        [
            layers.Input((784,)),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(10),
        ]
    )
