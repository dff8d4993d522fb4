import numpy as np


def correlacion_multicanal(imagen, kernel):
    kh, kw, canales = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    filas = np.empty((alto * ancho, kh * kw * canales))
    for n in range(alto * ancho):
        i, j = divmod(n, ancho)
        filas[n] = imagen[i : i + kh, j : j + kw].ravel()
    return (filas @ kernel.ravel()).reshape(alto, ancho)
