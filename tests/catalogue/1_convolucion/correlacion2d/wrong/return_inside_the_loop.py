import numpy as np

CAUSE_ID = "return-dentro-del-bucle"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = (imagen[i : i + kh, j : j + kw] * kernel).sum()
        return salida
