"""Los mapas después del pooling."""

import keras
import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "después del pooling"


def mapas_primera_conv(modelo, imagenes):
    indice = [isinstance(c, keras.layers.Conv2D) for c in modelo.layers].index(True)
    x = np.reshape(imagenes, (-1, 28, 28, 1))
    return keras.Model(modelo.inputs[0], modelo.layers[indice + 1].output)(x)
