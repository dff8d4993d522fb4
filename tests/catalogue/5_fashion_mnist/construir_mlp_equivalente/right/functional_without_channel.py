"""Funcional, con imágenes de 28 x 28."""

import keras
from keras import layers


def construir_mlp_equivalente():
    entrada = keras.Input((28, 28))
    x = layers.Reshape((784,))(entrada)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dense(96, activation="relu")(x)
    return keras.Model(entrada, layers.Dense(10, activation="softmax")(x))
