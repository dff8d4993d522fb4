import numpy as np


def conv2d(x, kernel, bias):
    lote, alto, ancho, canales = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.empty((lote, alto - kh + 1, ancho - kw + 1, filtros), dtype=np.float32)
    for n, i, j, f in np.ndindex(salida.shape):
        suma = bias[f]
        for a in range(kh):
            for b in range(kw):
                for c in range(canales):
                    suma = suma + x[n, i + a, j + b, c] * kernel[a, b, c, f]
        salida[n, i, j, f] = suma
    return salida
