import numpy as np

CAUSE_CONTAINS = "no tiene en cuenta el paso"
FAILS = ("forma", "valores", "casos límite")


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = np.broadcast_to(kernel_size, 2)
    filas, columnas = relleno(x.shape[1], kh, 1), relleno(x.shape[2], kw, 1)
    return np.pad(x, [(0, 0), filas, columnas, (0, 0)])
