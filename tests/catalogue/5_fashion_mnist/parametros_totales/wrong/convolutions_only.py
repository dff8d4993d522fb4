"""Solo las convoluciones."""

import keras

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "solo cuentas las capas convolucionales"


def parametros_totales(modelo):
    return sum(c.count_params() for c in modelo.layers if isinstance(c, keras.layers.Conv2D))
