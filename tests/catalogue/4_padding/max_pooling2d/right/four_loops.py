import numpy as np


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def max_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
    N, H, W, C = x.shape
    arriba = izquierda = 0
    alto, ancho = (H - kh) // sh + 1, (W - kw) // sw + 1
    if padding == "same":
        arriba, izquierda = relleno(H, kh, sh)[0], relleno(W, kw, sw)[0]
        alto, ancho = -(-H // sh), -(-W // sw)
    y = np.zeros((N, alto, ancho, C), dtype=np.float32)
    for n, i, j, c in np.ndindex(y.shape):
        vistos = [
            x[n, u, v, c]
            for u in range(max(i * sh - arriba, 0), min(i * sh - arriba + kh, H))
            for v in range(max(j * sw - izquierda, 0), min(j * sw - izquierda + kw, W))
        ]
        y[n, i, j, c] = max(vistos)
    return y
