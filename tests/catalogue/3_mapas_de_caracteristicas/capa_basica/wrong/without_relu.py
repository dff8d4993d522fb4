"""Falta la activación."""

import keras

CAUSE_CONTAINS = 'falta activation="relu"'


def capa_basica():
    return keras.layers.Conv2D(8, 3, padding="same")
