import numpy as np

CAUSE_CONTAINS = "sigma no es la varianza"


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    cuadrado = distancia[:, None] ** 2 + distancia**2
    pesos = np.exp(-cuadrado / (2 * sigma))
    return pesos / pesos.sum()
