import numpy as np

CAUSE_ID = "convolucion-completa"
FAILS = ("forma", "valores", "casos límite")


def convolucion_verdadera(imagen, kernel):
    girado = kernel[::-1, ::-1]
    kh, kw = kernel.shape
    imagen = np.pad(imagen, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * girado)
    return salida
