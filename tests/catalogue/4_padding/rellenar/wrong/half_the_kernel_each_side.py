import numpy as np

CAUSE_CONTAINS = "a los dos lados"
FAILS = ("forma", "valores", "casos límite")


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = np.broadcast_to(kernel_size, 2)
    filas, columnas = (kh // 2, kh // 2), (kw // 2, kw // 2)
    return np.pad(x, [(0, 0), filas, columnas, (0, 0)])
