"""La forma sale, pero por pooling: no es la misma operación."""

import keras

CAUSE_CONTAINS = "reduces con una capa de pooling"


def capa_stride2():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(32, 3, padding="same"),
            keras.layers.MaxPooling2D(2),
        ]
    )
