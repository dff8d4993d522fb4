import numpy as np

CAUSE_ID = "imagen-o-salida-volteada"


def convolucion_verdadera(imagen, kernel):
    girado = kernel
    imagen = imagen[::-1, ::-1]
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(imagen[i : i + kh, j : j + kw] * girado)
    return salida
