import numpy as np

CAUSE_ID = "ceros-en-el-promedio"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def average_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
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
            y[:, i, j] = x[trozo].mean(axis=(1, 2))
    return y
