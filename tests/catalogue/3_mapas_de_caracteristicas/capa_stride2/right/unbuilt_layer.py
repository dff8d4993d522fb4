"""La capa sola."""

import keras


def capa_stride2():
    return keras.layers.Conv2D(32, 3, strides=2, padding="same")
