import numpy as np

CAUSE_ID = "acumulador-sin-reiniciar"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    salida = np.zeros((imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1))
    suma = 0.0
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            for u in range(kh):
                for v in range(kw):
                    suma += float(imagen[i + u, j + v]) * float(kernel[u, v])
            salida[i, j] = suma
    return salida
