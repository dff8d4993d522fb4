import numpy as np

CAUSE_CONTAINS = "actúa volteado: Conv2D"


def correlacion_multicanal(imagen, kernel):
    kh, kw, _ = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            ventana = imagen[i : i + kh, j : j + kw]
            salida[i, j] = np.sum(ventana * kernel[::-1, ::-1])
    return salida
