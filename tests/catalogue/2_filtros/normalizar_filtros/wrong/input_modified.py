import numpy as np

FAILS = ("casos límite",)
CAUSE_CONTAINS = "pero tu función cambia"


def normalizar_filtros(kernel):
    kernel -= kernel.min(axis=(0, 1, 2))
    maximo = kernel.max(axis=(0, 1, 2))
    return kernel / np.where(maximo == 0, 1, maximo)
