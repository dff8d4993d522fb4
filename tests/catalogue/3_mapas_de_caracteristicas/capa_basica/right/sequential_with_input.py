"""Un Sequential con su entrada."""

import keras


def capa_basica():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, (3, 3), padding="same", activation="relu"),
        ]
    )
