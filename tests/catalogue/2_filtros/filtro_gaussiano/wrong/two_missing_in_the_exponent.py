import numpy as np

CAUSE_CONTAINS = "falta el 2"


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    cuadrado = distancia[:, None] ** 2 + distancia**2
    pesos = np.exp(-cuadrado / sigma**2)
    return pesos / pesos.sum()
