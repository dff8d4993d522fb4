import numpy as np

CAUSE_ID = "gauss-a-escalones"


def filtro_gaussiano(tamano, sigma):
    lejos = (np.arange(tamano) - (tamano - 1) / 2) ** 2
    exponente = (lejos[:, None] + lejos) // (2 * sigma**2)
    pesos = np.exp(-exponente)
    return pesos / pesos.sum()
