import numpy as np

CAUSE_CONTAINS = "se guarda en enteros"
FAILS = ("casos límite",)


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    return ((kernel - minimo) / np.where(rango == 0, 1, rango)).astype(kernel.dtype)
