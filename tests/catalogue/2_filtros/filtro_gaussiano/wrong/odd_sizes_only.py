import numpy as np

FAILS = ("casos límite",)
CAUSE_CONTAINS = "no mide tamano × tamano"


def filtro_gaussiano(tamano, sigma):
    medio = tamano // 2
    eje = np.arange(-medio, medio + 1)
    cuadrado = eje[:, None] ** 2 + eje**2
    filtro = np.exp(-cuadrado / (2 * sigma**2))
    return filtro / filtro.sum()
