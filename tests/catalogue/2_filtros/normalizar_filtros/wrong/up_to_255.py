import numpy as np

CAUSE_CONTAINS = "de 0 a 255"


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    return 255 * ((kernel - minimo) / np.where(rango == 0, 1, rango))
