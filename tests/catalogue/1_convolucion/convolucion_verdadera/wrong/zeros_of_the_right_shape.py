import numpy as np


def convolucion_verdadera(imagen, kernel):
    return np.zeros(np.subtract(imagen.shape, kernel.shape) + 1)
