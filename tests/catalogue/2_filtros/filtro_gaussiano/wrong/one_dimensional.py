import numpy as np

CAUSE_CONTAINS = "una fila de pesos"
FAILS = ("forma", "valores", "casos límite")


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    cuadrado = distancia**2
    pesos = np.exp(-cuadrado / (2 * sigma**2))
    return pesos / pesos.sum()
