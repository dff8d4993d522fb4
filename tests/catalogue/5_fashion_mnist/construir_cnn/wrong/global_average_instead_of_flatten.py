"""Sin Flatten."""

import keras
from keras import layers

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "se promedian"


def construir_cnn():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
