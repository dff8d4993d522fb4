import numpy as np

CAUSE_ID = "pares-no-admitidos"
FAILS = ("casos límite",)


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = kernel_size, kernel_size
    sh, sw = strides, strides
    filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
    return np.pad(x, [(0, 0), filas, columnas, (0, 0)])
