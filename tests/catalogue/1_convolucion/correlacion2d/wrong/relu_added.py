import numpy as np

CAUSE_ID = "relu-anadida"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            suma = np.sum(imagen[i : i + kh, j : j + kw] * kernel)
            if suma > 0:
                salida[i, j] = suma
    return salida
