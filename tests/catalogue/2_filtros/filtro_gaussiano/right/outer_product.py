import numpy as np


def filtro_gaussiano(tamano, sigma):
    perfil = np.exp(-0.5 * ((np.arange(tamano) - (tamano - 1) / 2) / sigma) ** 2)
    perfil /= perfil.sum()
    return np.outer(perfil, perfil)
