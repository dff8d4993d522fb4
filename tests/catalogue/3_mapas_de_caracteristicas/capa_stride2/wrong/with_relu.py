"""Lleva una activación que no se pide."""

import keras

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "sobra la activación"


def capa_stride2():
    return keras.layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")
