import numpy as np

CAUSE_CONTAINS = "sin restar antes el mínimo"


def normalizar_filtros(kernel):
    maximo = kernel.max(axis=(0, 1, 2))
    return kernel / np.where(maximo == 0, 1, maximo)
