import numpy as np

CAUSE_CONTAINS = "faltaran los paréntesis"


def filtro_gaussiano(tamano, sigma):
    eje = np.linspace(-(tamano - 1) / 2, (tamano - 1) / 2, tamano)
    x, y = np.meshgrid(eje, eje)
    pesos = np.exp(-(x**2 + y**2) / 2 * sigma**2)
    return pesos / np.sum(pesos)
