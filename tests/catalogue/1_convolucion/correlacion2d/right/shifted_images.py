import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for a in range(kh):
        for b in range(kw):
            salida += imagen[a : a + alto, b : b + ancho] * kernel[a, b]
    return salida
