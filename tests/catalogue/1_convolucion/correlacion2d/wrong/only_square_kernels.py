import numpy as np

CAUSE_ID = "solo-kernels-cuadrados"
FAILS = ("forma", "valores", "casos límite")


def correlacion2d(imagen, kernel):
    k = kernel.shape[0]
    alto, ancho = imagen.shape[0] - k + 1, imagen.shape[1] - k + 1
    salida = np.zeros((alto, ancho))
    for i in range(alto):
        for j in range(ancho):
            for u in range(k):
                for v in range(k):
                    salida[i, j] += imagen[i + u, j + v] * kernel[u, v]
    return salida
