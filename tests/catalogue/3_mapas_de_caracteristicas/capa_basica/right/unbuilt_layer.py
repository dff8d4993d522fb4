"""La capa sola, sin construir."""

import keras


def capa_basica():
    return keras.layers.Conv2D(8, 3, padding="same", activation="relu")
