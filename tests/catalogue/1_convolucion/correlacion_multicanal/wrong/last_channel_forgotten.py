import numpy as np

CAUSE_ID = "ultimo-canal-olvidado"
FAILS = ("valores", "casos límite")


def correlacion_multicanal(imagen, kernel):
    kh, kw, canales = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for c in range(canales - 1):
        for i in range(alto):
            for j in range(ancho):
                salida[i, j] += (imagen[i : i + kh, j : j + kw, c] * kernel[:, :, c]).sum()
    return salida
