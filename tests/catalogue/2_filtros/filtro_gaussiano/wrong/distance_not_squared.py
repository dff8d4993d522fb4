import numpy as np

CAUSE_CONTAINS = "la distancia va al cuadrado"


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    cuadrado = np.hypot(distancia[:, None], distancia)
    pesos = np.exp(-cuadrado / (2 * sigma**2))
    return pesos / pesos.sum()
