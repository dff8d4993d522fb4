import numpy as np


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def max_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
        x = np.pad(x, [(0, 0), filas, columnas, (0, 0)], constant_values=x.min())
    alto, ancho = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    y = None
    for u in range(kh):
        for v in range(kw):
            trozo = x[:, u::sh, v::sw][:, :alto, :ancho]
            y = trozo if y is None else np.maximum(y, trozo)
    return y
