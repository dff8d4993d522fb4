"""La última convolución."""

import keras

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "última convolución"


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            kernel = capa.kernel.numpy()
    return kernel
