import numpy as np

CAUSE_CONTAINS = "tamano // 2"
FAILS = ("casos límite",)


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - tamano // 2
    cuadrado = distancia[:, None] ** 2 + distancia**2
    pesos = np.exp(-cuadrado / (2 * sigma**2))
    return pesos / pesos.sum()
