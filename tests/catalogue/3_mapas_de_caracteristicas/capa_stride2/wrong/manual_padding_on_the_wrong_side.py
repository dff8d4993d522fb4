"""Rellena arriba y a la izquierda; Keras lo hace abajo y a la derecha."""

import keras

CAUSE_CONTAINS = "rellenas a mano"


def capa_stride2():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.ZeroPadding2D(((1, 0), (1, 0))),
            keras.layers.Conv2D(32, 3, strides=2),
        ]
    )
