import numpy as np

CAUSE_CONTAINS = "la desviación"


def normalizar_filtros(kernel):
    desviacion = kernel.std(axis=(0, 1, 2))
    return (kernel - kernel.mean(axis=(0, 1, 2))) / np.where(desviacion == 0, 1, desviacion)
