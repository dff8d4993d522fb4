import numpy as np

CAUSE_ID = "kernel-barajado"


def conv2d(x, kernel, bias):
    kh, kw, _, f = kernel.shape
    n, alto, ancho = len(x), x.shape[1] - kh + 1, x.shape[2] - kw + 1
    columnas = [x[:, u : u + alto, v : v + ancho] for u in range(kh) for v in range(kw)]
    columnas = np.stack(columnas, axis=3).reshape(n, alto, ancho, -1)
    return columnas @ kernel.reshape(f, -1).T + bias
