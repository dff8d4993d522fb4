import numpy as np

CAUSE_CONTAINS = "solo bajan en un eje"


def filtro_gaussiano(tamano, sigma):
    distancia = np.arange(tamano) - (tamano - 1) / 2
    fila = np.exp(-(distancia**2) / (2 * sigma**2))
    filtro = np.array([fila for _ in range(tamano)])
    return filtro / filtro.sum()
