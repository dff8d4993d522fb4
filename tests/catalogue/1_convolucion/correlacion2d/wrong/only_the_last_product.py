import numpy as np

CAUSE_ID = "acumulador-sobrescrito"


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    salida[i, j] = imagen[i + u, j + v] * kernel[u, v]
    return salida
