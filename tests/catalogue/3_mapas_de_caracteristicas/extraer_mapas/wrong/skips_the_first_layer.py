"""Da por hecho que layers[0] es la entrada, y en un Sequential se salta la primera convolución."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_ID = "entrada-que-no-encaja-en-la-capa"


def extraer_mapas(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    for capa in modelo.layers[1:]:
        x = capa(x)
        if capa.name == nombre_capa:
            return keras.ops.convert_to_numpy(x)
    raise ValueError(nombre_capa)
