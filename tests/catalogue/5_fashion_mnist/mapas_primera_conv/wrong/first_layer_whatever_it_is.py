"""La primera capa, sea lo que sea."""

import keras
import numpy as np

FAILS = ("casos límite",)
CAUSE_CONTAINS = "das por hecho"


def mapas_primera_conv(modelo, imagenes):
    capa = next(c for c in modelo.layers if not isinstance(c, keras.layers.InputLayer))
    x = np.reshape(imagenes, (-1, 28, 28, 1))
    return keras.Model(modelo.inputs[0], capa.output)(x)
