"""Solo el primer filtro."""

import keras
import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "solo llega el mapa del primer filtro"


def extraer_mapas(modelo, nombre_capa, x):
    mapas = keras.Model(modelo.inputs[0], modelo.get_layer(nombre_capa).output)(x)
    return np.asarray(mapas)[..., 0]
