"""Se queda una capa antes."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "la entrada de la capa"


def extraer_mapas(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.Model(modelo.inputs[0], capa.input)(x)
