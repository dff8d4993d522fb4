import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho), np.float32)
    for i in range(alto):
        for j in range(ancho):
            ventana = imagen[i : i + kh, j : j + kw]
            for valor in np.float32(ventana * kernel).ravel():
                salida[i, j] += valor
    return salida
