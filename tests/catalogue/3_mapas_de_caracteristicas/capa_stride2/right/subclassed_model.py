"""Una clase derivada de keras.Model."""

import keras


class Reduce(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv2D(32, 3, strides=2, padding="same")

    def call(self, x):
        return self.conv(x)


def capa_stride2():
    return Reduce()
