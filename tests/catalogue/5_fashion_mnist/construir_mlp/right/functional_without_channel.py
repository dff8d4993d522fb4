"""Funcional, con imágenes de 28 x 28."""

import keras
from keras import layers


def construir_mlp():
    entrada = keras.Input((28, 28))
    x = layers.Reshape((784,))(entrada)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(entrada, layers.Dense(10, activation="softmax")(x))
