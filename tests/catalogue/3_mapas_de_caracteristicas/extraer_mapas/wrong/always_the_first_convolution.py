"""Ignora el nombre de la capa."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "siempre los mapas de la primera convolución"


def extraer_mapas(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            return keras.Model(modelo.inputs[0], capa.output)(x)
