import numpy as np

CAUSE_ID = "salida-de-ceros"


def convolucion_verdadera(imagen, kernel):
    return np.zeros(np.subtract(imagen.shape, kernel.shape) + 1)
