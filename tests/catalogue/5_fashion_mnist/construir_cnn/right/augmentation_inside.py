"""Aumento de datos dentro del modelo."""

import keras
from keras import layers


def construir_cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.RandomFlip("horizontal"),
            layers.RandomRotation(0.1),
            layers.RandomZoom(0.1),
            layers.RandomTranslation(0.1, 0.1),
            layers.GaussianNoise(0.1),
            layers.Conv2D(32, 3, activation="relu"),
            layers.SpatialDropout2D(0.1),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.GaussianDropout(0.2),
            layers.Dense(10, activation="softmax"),
        ]
    )
