"""Escalados a 0..1 para dibujarlos."""

import keras

CAUSE_CONTAINS = "llevas los filtros a [0, 1]"


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            kernel = capa.kernel.numpy()
            return (kernel - kernel.min()) / (kernel.max() - kernel.min())
