"""Devuelve los mapas de la primera imagen, sin el eje del lote."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "falta el eje de las imágenes"


def extraer_mapas(modelo, nombre_capa, x):
    capa = modelo.get_layer(nombre_capa)
    return keras.Model(modelo.inputs[0], capa.output)(x)[0]
