"""Un modelo hasta la capa pedida."""

import keras


def extraer_mapas(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.Model(modelo.inputs[0], capa.output)(x)
