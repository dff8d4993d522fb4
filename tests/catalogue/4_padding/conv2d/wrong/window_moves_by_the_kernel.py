import numpy as np

CAUSE_ID = "paso-igual-al-kernel"
FAILS = ("forma", "valores", "casos límite")


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def recorre(x, kernel, bias, sh, sw):
    kh, kw, _, filtros = kernel.shape
    alto, ancho = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    salida = np.zeros((len(x), alto, ancho, filtros))
    for i in range(alto):
        for j in range(ancho):
            ventana = x[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
            salida[:, i, j] = np.tensordot(ventana, kernel, axes=3) + bias
    return salida


def conv2d(x, kernel, bias, strides=1, padding="valid"):
    kh, kw = kernel.shape[:2]
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, kh), relleno(x.shape[2], kw, kw)
        x = np.pad(x, [(0, 0), filas, columnas, (0, 0)])
    return recorre(x, kernel, bias, kh, kw)
