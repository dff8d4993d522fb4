"""Ninguna capa oculta lleva activación."""

import keras
from keras import layers

CAUSE_CONTAINS = "falta la activación ReLU"


def construir_cnn():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128),
            layers.Dense(10, activation="softmax"),
        ]
    )
