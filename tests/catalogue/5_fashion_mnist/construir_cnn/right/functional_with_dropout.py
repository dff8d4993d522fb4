"""Funcional, con Dropout y con las activaciones en capas aparte."""

import keras
from keras import layers


def construir_cnn():
    entrada = keras.Input((28, 28, 1), name="imagen")
    x = layers.Conv2D(32, 3)(entrada)
    x = layers.MaxPooling2D(2)(layers.ReLU()(x))
    x = layers.Conv2D(64, 3)(x)
    x = layers.MaxPooling2D(2)(layers.Activation("relu")(x))
    x = layers.Dropout(0.25)(layers.Flatten()(x))
    x = layers.Dropout(0.5)(layers.Dense(128, activation="relu")(x))
    return keras.Model(entrada, layers.Dense(10, activation="softmax")(x))
