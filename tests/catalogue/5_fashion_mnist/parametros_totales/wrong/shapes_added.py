"""Suma las dimensiones en lugar de multiplicarlas."""

CAUSE_CONTAINS = "sumas las dimensiones"


def parametros_totales(modelo):
    return sum(sum(peso.shape) for peso in modelo.weights)
