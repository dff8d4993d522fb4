import numpy as np

FAILS = ("casos límite",)
CAUSE_ID = "decimales-perdidos"


def correlacion2d(imagen, kernel):
    alto, ancho = imagen.shape[0] - kernel.shape[0] + 1, imagen.shape[1] - kernel.shape[1] + 1
    suma = np.zeros((alto, ancho), dtype=imagen.dtype)
    for (u, v), peso in np.ndenumerate(kernel):
        suma = (suma + imagen[u : u + alto, v : v + ancho] * peso).astype(imagen.dtype)
    return suma
