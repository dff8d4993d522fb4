"""El kernel es de 5 x 5."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "el tamaño del kernel de una convolución"


def capa_basica():
    return keras.layers.Conv2D(8, 5, padding="same", activation="relu")
