"""Sin activaciones, tres capas valen por una."""

import keras
from keras import layers

CAUSE_CONTAINS = "falta la activación ReLU"


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(256),
            layers.Dense(96),
            layers.Dense(10, activation="softmax"),
        ]
    )
