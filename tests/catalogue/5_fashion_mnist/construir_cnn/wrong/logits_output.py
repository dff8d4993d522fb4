"""Logits, aunque se compile con una pérdida que los admite."""

import keras
from keras import layers

CAUSE_CONTAINS = "da logits"


def construir_cnn():
    modelo = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10),
        ]
    )
    perdida = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    modelo.compile("adam", perdida, metrics=["accuracy"])
    return modelo
