"""Sin declarar la entrada, con Dropout."""

import keras
from keras import layers


def construir_mlp_equivalente():
    return keras.Sequential(
        [
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dense(96, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ]
    )
