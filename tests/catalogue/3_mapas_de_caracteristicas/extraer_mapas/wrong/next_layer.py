"""Se pasa una capa."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "te pasas una capa"


def extraer_mapas(modelo, nombre_capa, x):
    capas = [capa.name for capa in modelo.layers]
    if nombre_capa not in capas:
        raise ValueError(nombre_capa)
    siguiente = modelo.layers[min(capas.index(nombre_capa) + 1, len(capas) - 1)]
    return keras.Model(modelo.inputs[0], siguiente.output)(x)
