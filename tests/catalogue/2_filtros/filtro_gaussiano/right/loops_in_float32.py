import numpy as np


def filtro_gaussiano(tamano, sigma):
    filtro = np.zeros((tamano, tamano), dtype=np.float32)
    centro = (tamano - 1) / 2
    for i in range(tamano):
        for j in range(tamano):
            distancia = (i - centro) ** 2 + (j - centro) ** 2
            filtro[i, j] = np.exp(-distancia / (2 * sigma * sigma)) / (2 * np.pi * sigma * sigma)
    return filtro / filtro.sum()
