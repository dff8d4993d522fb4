import numpy as np

CAUSE_ID = "signo-cambiado"
FAILS = ("valores", "casos límite")


def convolucion_verdadera(imagen, kernel):
    negado = -kernel[::-1, ::-1]
    kh, kw = negado.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for u in range(kh):
        for v in range(kw):
            salida += imagen[u : u + alto, v : v + ancho] * negado[u, v]
    return salida
