"""La lista con kernel y bias."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "la lista con el kernel"


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            return capa.get_weights()
