import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    filas = [imagen[i : i + kh, j : j + kw].ravel() for i in range(alto) for j in range(ancho)]
    return (np.array(filas) @ kernel.ravel()).reshape(alto, ancho)
