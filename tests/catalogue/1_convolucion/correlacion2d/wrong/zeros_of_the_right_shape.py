import numpy as np


def correlacion2d(imagen, kernel):
    return np.zeros(np.subtract(imagen.shape, kernel.shape) + 1)
