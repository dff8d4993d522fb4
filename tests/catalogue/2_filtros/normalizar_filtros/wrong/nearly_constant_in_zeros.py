import numpy as np

CAUSE_ID = "rango-pequeno-sin-dividir"
FAILS = ("casos límite",)


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    constante = rango < 1e-3
    return np.where(constante, 0, (kernel - minimo) / np.where(constante, 1, rango))
