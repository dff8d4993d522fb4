"""Falta padding='same': la salida mide 26 x 26."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = 'falta padding="same"'


def capa_basica():
    return keras.layers.Conv2D(8, 3, activation="relu")
