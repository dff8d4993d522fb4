import numpy as np

CAUSE_CONTAINS = "actúa volteado: Conv2D"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = np.broadcast_to(strides, 2)
    kh, kw, _, filtros = kernel.shape
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
        x = np.pad(x, [(0, 0), filas, columnas, (0, 0)])
    alto, ancho = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    salida = np.zeros((len(x), alto, ancho, filtros))
    for i in range(alto):
        for j in range(ancho):
            ventana = x[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
            salida[:, i, j] = np.tensordot(ventana, kernel[::-1, ::-1], axes=3) + bias
    return salida
