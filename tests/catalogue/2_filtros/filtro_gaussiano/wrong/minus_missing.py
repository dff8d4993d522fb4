import math

import numpy as np

CAUSE_CONTAINS = "falta el signo menos"


def filtro_gaussiano(tamano, sigma):
    filtro, centro = np.zeros((tamano, tamano)), (tamano - 1) / 2
    for i in range(tamano):
        for j in range(tamano):
            filtro[i, j] = math.exp(((i - centro) ** 2 + (j - centro) ** 2) / (2 * sigma**2))
    return filtro / filtro.sum()
