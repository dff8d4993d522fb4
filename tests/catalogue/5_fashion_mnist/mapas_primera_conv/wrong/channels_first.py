"""Los filtros delante."""

import keras
import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "los filtros están delante"


def mapas_primera_conv(modelo, imagenes):
    x = np.reshape(imagenes, (-1, 28, 28, 1))
    conv = next(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
    mapas = keras.Model(modelo.inputs[0], conv.output)(x)
    return np.moveaxis(np.asarray(mapas), -1, 1)
