import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    filas = []
    for i in range(alto):
        fila = []
        for j in range(ancho):
            suma = 0.0
            for a in range(kh):
                for b in range(kw):
                    suma += float(imagen[i + a, j + b]) * float(kernel[a, b])
            fila.append(suma)
        filas.append(fila)
    return np.array(filas)
