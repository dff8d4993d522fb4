"""El aumento, en un modelo aparte, y una escala que no cambia nada."""

import keras
from keras import layers


def construir_cnn():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.Sequential([layers.RandomContrast(0.2), layers.RandomFlip()], name="aumento"),
            layers.Rescaling(1.0),
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
