import numpy as np

CAUSE_CONTAINS = "no da ceros"
FAILS = ("casos límite",)


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    return np.where(rango == 0, 1, (kernel - minimo) / np.where(rango == 0, 1, rango))
