"""Devuelve el tensor simbólico, no la capa."""

import keras

CAUSE_ID = "capa-aplicada"
FAILS = ("forma", "valores", "casos límite")


def capa_basica():
    capa = keras.layers.Conv2D(8, 3, padding="same", activation="relu")
    return capa(keras.Input((28, 28, 1)))
