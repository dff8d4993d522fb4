import numpy as np


def convolucion_verdadera(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for a in range(kh):
        for b in range(kw):
            trozo = imagen[kh - 1 - a : kh - 1 - a + alto, kw - 1 - b : kw - 1 - b + ancho]
            salida += trozo * kernel[a, b]
    return salida
