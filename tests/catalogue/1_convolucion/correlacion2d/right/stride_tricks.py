import numpy as np


def correlacion2d(imagen, kernel):
    kh, kw = kernel.shape
    alto, ancho = imagen.shape[0] - kh + 1, imagen.shape[1] - kw + 1
    forma, pasos = (alto, ancho, kh, kw), imagen.strides * 2
    ventanas = np.lib.stride_tricks.as_strided(imagen, forma, pasos, writeable=False)
    return np.tensordot(ventanas, kernel, axes=2)
