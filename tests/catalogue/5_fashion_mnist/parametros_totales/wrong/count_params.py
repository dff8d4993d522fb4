"""Keras los cuenta."""


def parametros_totales(modelo):
    return modelo.count_params()
