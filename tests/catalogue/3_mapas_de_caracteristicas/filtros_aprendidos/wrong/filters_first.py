"""Los filtros en el primer eje."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "los filtros están delante"


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            return capa.kernel.numpy().transpose(3, 0, 1, 2)
