"""Un Sequential que no declara su entrada."""

import keras


def capa_stride2():
    return keras.Sequential([keras.layers.Conv2D(32, 3, strides=(2, 2), padding="same")])
