import numpy as np

FAILS = ("casos límite",)
CAUSE_ID = "entero-o-par-confundidos"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def average_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh = kw = int(pool_size)
    sh = sw = int(pool_size if strides is None else strides)
    x = x.astype(float)
    hay = np.ones(x.shape)
    if padding == "same":
        filas, columnas = relleno(x.shape[1], kh, sh), relleno(x.shape[2], kw, sw)
        x, hay = (np.pad(a, [(0, 0), filas, columnas, (0, 0)]) for a in (x, hay))
    N, H, W, C = x.shape
    y = np.zeros((N, (H - kh) // sh + 1, (W - kw) // sw + 1, C))
    for i in range(y.shape[1]):
        for j in range(y.shape[2]):
            trozo = np.s_[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
            y[:, i, j] = x[trozo].sum(axis=(1, 2)) / hay[trozo].sum(axis=(1, 2))
    return y
