import numpy as np


def correlacion_multicanal(imagen, kernel):
    return np.zeros(np.subtract(imagen.shape, kernel.shape)[:2] + 1)
