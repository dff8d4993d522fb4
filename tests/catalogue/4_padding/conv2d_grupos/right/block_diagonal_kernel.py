import numpy as np


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, canales, filtros = kernel.shape
    entero = np.zeros((kh, kw, x.shape[3], filtros))
    for f in range(filtros):
        g = f * groups // filtros
        entero[:, :, g * canales : (g + 1) * canales, f] = kernel[..., f]
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    salida = np.zeros((len(x), alto, ancho, filtros)) + bias
    for a in range(kh):
        for b in range(kw):
            salida += x[:, a : a + alto, b : b + ancho] @ entero[a, b]
    return salida
