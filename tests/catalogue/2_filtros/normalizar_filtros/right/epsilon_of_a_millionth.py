import numpy as np


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    return (kernel - minimo) / (np.ptp(kernel, axis=(0, 1, 2)) + 1e-6)
