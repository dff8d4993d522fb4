"""El bias en lugar del kernel."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "devuelves el bias"


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            return capa.bias.numpy()
