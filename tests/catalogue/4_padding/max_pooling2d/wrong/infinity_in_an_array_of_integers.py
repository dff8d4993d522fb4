import numpy as np

FAILS = ("casos límite",)
CAUSE_ID = "infinito-en-un-entero"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def max_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
        x = np.pad(x, [(0, 0), filas, columnas, (0, 0)], constant_values=-np.inf)
    alto = (x.shape[1] - kh) // sh + 1
    ancho = (x.shape[2] - kw) // sw + 1
    salida = np.zeros((len(x), alto, ancho, x.shape[3]))
    for i in range(alto):
        for j in range(ancho):
            ventana = x[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
            salida[:, i, j] = np.amax(ventana, axis=(1, 2))
    return salida
