"""La softmax, en una capa aparte."""

import keras
from keras import layers


def construir_cnn():
    modelo = keras.Sequential([keras.Input((28, 28, 1))])
    for filtros in (32, 64):
        modelo.add(layers.Conv2D(filtros, (3, 3), activation=keras.activations.relu))
        modelo.add(layers.MaxPool2D((2, 2)))
    modelo.add(layers.Flatten())
    modelo.add(layers.Dense(128, "relu"))
    modelo.add(layers.Dense(10))
    modelo.add(layers.Softmax())
    return modelo
