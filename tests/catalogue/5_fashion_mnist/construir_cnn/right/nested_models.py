"""Un modelo dentro de otro, sin declarar la entrada."""

import keras
from keras import layers


def construir_cnn():
    bloque = [
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
    ]
    cabeza = [layers.Dense(128, activation="relu"), layers.Dense(10, activation="softmax")]
    return keras.Sequential([keras.Sequential(bloque), keras.Sequential(cabeza)])
