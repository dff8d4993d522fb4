import numpy as np

CAUSE_CONTAINS = "cada canal"


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1))
    rango = kernel.max(axis=(0, 1)) - minimo
    return (kernel - minimo) / np.where(rango == 0, 1, rango)
