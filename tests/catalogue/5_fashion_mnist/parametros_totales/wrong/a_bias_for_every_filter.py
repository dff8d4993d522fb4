"""Con las fórmulas de la unidad 2, sin mirar si la capa lleva sesgo."""

import keras

FAILS = ("casos límite",)
CAUSE_CONTAINS = "una capa sin sesgo"


def parametros_totales(modelo):
    total = 0
    for capa in modelo.layers:
        if isinstance(capa, keras.layers.Conv2D):
            kh, kw, c, f = capa.kernel.shape
            total += kh * kw * c * f + f
        elif isinstance(capa, keras.layers.Dense):
            entradas, unidades = capa.kernel.shape
            total += entradas * unidades + unidades
        else:
            total += sum(peso.size for peso in capa.get_weights())
    return total
