import numpy as np

CAUSE_CONTAINS = "fila o columna"


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    cuadrado = distancia[:, None] ** 2 + distancia**2
    pesos = np.exp(-cuadrado / (2 * sigma**2))
    return pesos / pesos.sum(axis=1, keepdims=True)
