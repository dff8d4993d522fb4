import numpy as np

CAUSE_ID = "imagen-en-gris"
FAILS = ("valores", "casos límite")


def correlacion_multicanal(imagen, kernel):
    plana, pesos = imagen.sum(axis=2, dtype=float), kernel.sum(axis=2)
    kh, kw = pesos.shape
    alto, ancho = plana.shape[0] - kh + 1, plana.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            salida[i, j] = np.sum(plana[i : i + kh, j : j + kw] * pesos)
    return salida
