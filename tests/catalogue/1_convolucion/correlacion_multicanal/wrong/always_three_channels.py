import numpy as np

CAUSE_ID = "siempre-tres-canales"
FAILS = ("casos límite",)


def correlacion_multicanal(imagen, kernel):
    kh, kw, _ = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            ventana = imagen[i : i + kh, j : j + kw]
            for c in range(3):
                salida[i, j] += np.sum(ventana[..., c] * kernel[..., c])
    return salida
