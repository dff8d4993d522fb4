"""Keras los cuenta."""

REJECTED_CONTAINS = "tu función llama a count_params(), que ya da la respuesta"


def parametros_totales(modelo):
    return modelo.count_params()
