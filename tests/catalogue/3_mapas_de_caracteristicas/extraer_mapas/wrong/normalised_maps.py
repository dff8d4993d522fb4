"""Escala los mapas a 0..1 para dibujarlos: ya no son las activaciones."""

import keras
import numpy as np

CAUSE_CONTAINS = "llevas los mapas a [0, 1]"


def extraer_mapas(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    mapas = np.asarray(keras.Model(modelo.inputs[0], capa.output)(x))
    return (mapas - mapas.min()) / (np.ptp(mapas) + 1e-9)
