"""Los mapas de la primera imagen."""

import keras
import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "primera imagen"


def mapas_primera_conv(modelo, imagenes):
    x = np.reshape(imagenes, (-1, 28, 28, 1))
    conv = next(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
    mapas = keras.Model(modelo.inputs[0], conv.output)(x)
    return mapas[:1]
