"""Una clase con las capas en otro orden del que se usan."""

import keras
from keras import layers


class Red(keras.Model):
    def __init__(self):
        super().__init__()
        self.salida = layers.Dense(10, activation="softmax")
        self.oculta = layers.Dense(128, activation="relu")
        self.conv_2 = layers.Conv2D(64, 3, activation="relu")
        self.conv_1 = layers.Conv2D(32, 3, activation="relu")
        self.pool = layers.MaxPooling2D(2)
        self.aplana = layers.Flatten()

    def call(self, x):
        x = self.pool(self.conv_1(x))
        x = self.pool(self.conv_2(x))
        return self.salida(self.oculta(self.aplana(x)))


def construir_cnn():
    return Red()
