import numpy as np

CAUSE_ID = "ultima-fila-sin-calcular"


def conv2d(x, kernel, bias):
    lote, alto, ancho, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((lote, alto - kh + 1, ancho - kw + 1, filtros))
    for n in range(lote):
        for i in range(alto - kh):
            for j in range(ancho - kw):
                ventana = x[n, i : i + kh, j : j + kw]
                for f in range(filtros):
                    salida[n, i, j, f] = np.sum(ventana * kernel[..., f]) + bias[f]
    return salida
