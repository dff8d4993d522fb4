import numpy as np

CAUSE_CONTAINS = "el promedio de los productos"


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            ventana = imagen[i : i + kh, j : j + kw]
            salida[i, j] = np.mean(ventana * kernel)
    return salida
