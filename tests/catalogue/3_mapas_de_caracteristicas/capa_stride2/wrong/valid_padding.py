"""Falta padding='same': 13 x 13."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = 'falta padding="same"'


def capa_stride2():
    return keras.layers.Conv2D(32, 3, strides=2)
