"""Con semilla: los pesos iniciales son siempre los mismos, en un modelo nuevo cada vez."""

import keras
from keras import layers


def construir_cnn():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
