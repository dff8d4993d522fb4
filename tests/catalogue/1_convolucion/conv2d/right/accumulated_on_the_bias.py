import numpy as np


def conv2d(x, kernel, bias):
    kh, kw, canales, filtros = kernel.shape
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    salida = np.empty((len(x), alto, ancho, filtros), np.float32)
    salida[...] = bias
    for a, b, c in np.ndindex(kh, kw, canales):
        salida += x[:, a : a + alto, b : b + ancho, c, None] * kernel[a, b, c]
    return salida
