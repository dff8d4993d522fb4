"""Un modelo con todas las salidas, y se elige una."""

import keras


def extraer_mapas(modelo, nombre_capa, x):
    nombres = [capa.name for capa in modelo.layers]
    todas = keras.Model(modelo.inputs[0], [capa.output for capa in modelo.layers])
    return todas(x)[nombres.index(nombre_capa)]
