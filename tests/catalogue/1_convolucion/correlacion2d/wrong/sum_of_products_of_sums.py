import numpy as np

CAUSE_ID = "producto-de-sumas"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.empty((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = imagen[i : i + kh, j : j + kw].sum() * kernel.sum()
    return salida
