import numpy as np

FAILS = ("casos límite",)
CAUSE_CONTAINS = "no van de píxel en píxel"


def filtro_gaussiano(tamano, sigma):
    medio = tamano // 2
    eje = np.linspace(-medio, medio, tamano)
    perfil = np.exp(-(eje**2) / (2 * sigma**2))
    filtro = perfil[:, None] * perfil
    return filtro / filtro.sum()
