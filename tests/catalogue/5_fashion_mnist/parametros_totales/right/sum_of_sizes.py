"""Suma los tamaños de los arreglos."""


def parametros_totales(modelo):
    return sum(peso.size for peso in modelo.get_weights())
