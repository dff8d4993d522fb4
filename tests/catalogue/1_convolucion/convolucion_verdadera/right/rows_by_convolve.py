import numpy as np


def convolucion_verdadera(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for a in range(kh):
            salida[i] += np.convolve(imagen[i + kh - 1 - a], kernel[a], mode="valid")
    return salida
