"""Devuelve la salida del modelo entero."""

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "la salida del modelo entero"


def extraer_mapas(modelo, nombre_capa, x):
    modelo.get_layer(nombre_capa)
    return modelo(x)
