"""Falta el paso."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "falta strides=2"


def capa_stride2():
    return keras.layers.Conv2D(32, 3, padding="same")
