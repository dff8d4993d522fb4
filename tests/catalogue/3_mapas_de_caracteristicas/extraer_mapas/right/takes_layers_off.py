"""Quita capas del modelo que recibe hasta que la pedida es la última."""

import keras


def extraer_mapas(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    if isinstance(modelo, keras.Sequential):
        while modelo.layers[-1].name != nombre_capa:
            modelo.pop()
        return modelo(x)
    return keras.Model(modelo.inputs[0], modelo.get_layer(nombre_capa).output)(x)
