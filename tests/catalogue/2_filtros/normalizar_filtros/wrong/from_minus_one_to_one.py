import numpy as np

CAUSE_CONTAINS = "de −1 a 1"


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    return 2 * (kernel - minimo) / np.where(rango == 0, 1, rango) - 1
