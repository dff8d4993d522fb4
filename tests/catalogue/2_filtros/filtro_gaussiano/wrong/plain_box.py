import numpy as np

CAUSE_CONTAINS = "es la media"


def filtro_gaussiano(tamano, sigma):
    return np.full((tamano, tamano), 1 / tamano**2)
