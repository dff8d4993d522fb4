"""Con get_weights, y next."""

import keras


def filtros_aprendidos(modelo):
    capa = next(c for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
    kernel, _ = capa.get_weights()
    return kernel
