"""Sin bias."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "no lleva sesgo"


def capa_basica():
    return keras.layers.Conv2D(8, 3, padding="same", activation="relu", use_bias=False)
