import numpy as np

CAUSE_CONTAINS = "actúa volteado: Conv2D"


def conv2d(x, kernel, bias):
    lote, alto, ancho, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((lote, alto - kh + 1, ancho - kw + 1, filtros))
    for n in range(lote):
        for i in range(alto - kh + 1):
            for j in range(ancho - kw + 1):
                ventana = x[n, i : i + kh, j : j + kw]
                for f in range(filtros):
                    salida[n, i, j, f] = np.sum(ventana * kernel[::-1, ::-1, :, f]) + bias[f]
    return salida
