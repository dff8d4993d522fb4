"""El kernel de la primera capa Conv2D, como arreglo."""

import keras


def filtros_aprendidos(modelo):
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            return capa.kernel.numpy()
