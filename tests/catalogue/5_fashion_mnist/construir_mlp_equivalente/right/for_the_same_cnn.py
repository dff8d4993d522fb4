"""Del tamaño de la CNN con padding='same'."""

import keras
from keras import layers


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(440, activation="relu"),
            layers.Dense(170, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
