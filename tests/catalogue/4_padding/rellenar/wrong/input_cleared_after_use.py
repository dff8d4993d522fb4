import numpy as np

CAUSE_ID = "entrada-modificada"
FAILS = ("casos límite",)


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = np.broadcast_to(kernel_size, 2)
    sh, sw = np.broadcast_to(strides, 2)
    filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
    salida = np.pad(x, [(0, 0), filas, columnas, (0, 0)])
    x[:] = 0
    return salida
