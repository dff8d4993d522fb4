import numpy as np

CAUSE_ID = "relleno-en-un-eje"
FAILS = ("forma", "valores", "casos límite")


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, _ = np.broadcast_to(kernel_size, 2)
    sh, _ = np.broadcast_to(strides, 2)
    filas = relleno(x.shape[1], kh, sh)
    return np.pad(x, [(0, 0), filas, (0, 0), (0, 0)])
