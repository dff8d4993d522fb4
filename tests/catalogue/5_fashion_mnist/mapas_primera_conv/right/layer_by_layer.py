"""Aplica las capas hasta la primera convolución."""

import keras
import numpy as np


def mapas_primera_conv(modelo, imagenes):
    x = np.reshape(imagenes, (-1, 28, 28, 1))
    for capa in modelo.layers:
        if not isinstance(capa, keras.layers.InputLayer):
            x = capa(x)
        if isinstance(capa, keras.layers.Conv2D):
            return np.asarray(x)
