"""La segunda capa oculta, sin activación."""

import keras
from keras import layers

CAUSE_CONTAINS = "alguna de las capas ocultas"


def construir_mlp():
    entrada = layers.Input((28, 28, 1))
    x = layers.Flatten()(entrada)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.Dense(64)(x)
    return keras.Model(entrada, layers.Dense(10, activation="softmax")(x))
