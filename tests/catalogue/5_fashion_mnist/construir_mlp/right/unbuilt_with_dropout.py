"""Sin declarar la entrada, con Dropout."""

import keras
from keras import layers


def construir_mlp():
    return keras.Sequential(
        [
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ]
    )
