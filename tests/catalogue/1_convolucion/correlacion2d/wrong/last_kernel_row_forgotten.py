import numpy as np

CAUSE_ID = "ultimo-peso-olvidado"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for u in range(kh - 1):
        for v in range(kw):
            salida += imagen[u : u + alto, v : v + ancho] * kernel[u, v]
    return salida
