import numpy as np


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2), keepdims=True)
    return (kernel - minimo) / (np.ptp(kernel, axis=(0, 1, 2), keepdims=True) + 1e-12)
