import numpy as np


def filtro_gaussiano(tamano, sigma):
    return np.full((tamano, tamano), 1 / tamano**2)
