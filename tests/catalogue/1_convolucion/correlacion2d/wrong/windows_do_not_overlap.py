import numpy as np

CAUSE_ID = "ventanas-sin-solaparse"
FAILS = ("forma", "valores", "casos límite")


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    filas = []
    for i in range(0, imagen.shape[0] - kh + 1, kh):
        fila = []
        for j in range(0, imagen.shape[1] - kw + 1, kw):
            fila.append(float(np.sum(imagen[i : i + kh, j : j + kw] * kernel)))
        filas.append(fila)
    return np.array(filas)
