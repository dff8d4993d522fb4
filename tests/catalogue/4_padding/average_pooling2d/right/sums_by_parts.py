import numpy as np


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def average_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
    filas = columnas = (0, 0)
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)

    def suma(a):
        a = np.pad(a.astype(float), [(0, 0), filas, columnas, (0, 0)])
        alto, ancho = (a.shape[1] - kh) // sh + 1, (a.shape[2] - kw) // sw + 1
        trozos = [a[:, u::sh, v::sw][:, :alto, :ancho] for u in range(kh) for v in range(kw)]
        return sum(trozos)

    return suma(x) / suma(np.ones(x.shape))
