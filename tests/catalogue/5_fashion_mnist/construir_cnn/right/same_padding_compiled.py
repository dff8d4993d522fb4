"""Con padding='same' y ya compilada."""

import keras
from keras import layers


def construir_cnn():
    modelo = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    modelo.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return modelo
