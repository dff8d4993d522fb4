"""Aplica las capas una a una hasta la pedida."""

import keras


def extraer_mapas(modelo, nombre_capa, x):
    for capa in modelo.layers:
        if not isinstance(capa, keras.layers.InputLayer):
            x = capa(x)
        if capa.name == nombre_capa:
            return keras.ops.convert_to_numpy(x)
    raise ValueError(f"no hay ninguna capa {nombre_capa}")
