import numpy as np

CAUSE_ID = "salida-de-ceros"


def correlacion_multicanal(imagen, kernel):
    return np.zeros(np.subtract(imagen.shape, kernel.shape)[:2] + 1)
