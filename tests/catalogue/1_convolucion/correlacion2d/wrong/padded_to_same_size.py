import numpy as np

CAUSE_ID = "salida-del-tamano-de-la-entrada"
FAILS = ("forma", "valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    imagen = np.pad(imagen, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            ventana = imagen[i : i + kh, j : j + kw]
            salida[i, j] = np.sum(ventana * kernel)
    return salida
