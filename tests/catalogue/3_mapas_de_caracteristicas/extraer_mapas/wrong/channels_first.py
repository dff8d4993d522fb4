"""Los filtros delante."""

import keras
import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "eje 1 (NCHW)"


def extraer_mapas(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    mapas = keras.Model(modelo.inputs[0], capa.output)(x)
    return np.moveaxis(np.asarray(mapas), -1, 1)
