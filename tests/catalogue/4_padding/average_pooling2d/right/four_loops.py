import numpy as np


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def average_pooling2d(x, pool_size, strides=None, padding="valid"):
    kh, kw = np.broadcast_to(pool_size, 2)
    sh, sw = np.broadcast_to(pool_size if strides is None else strides, 2)
    N, H, W, C = x.shape
    arriba = izquierda = 0
    alto, ancho = (H - kh) // sh + 1, (W - kw) // sw + 1
    if padding == "same":
        arriba, izquierda = relleno(H, kh, sh)[0], relleno(W, kw, sw)[0]
        alto, ancho = -(-H // sh), -(-W // sw)
    y = np.zeros((N, alto, ancho, C))
    for n, i, j, c in np.ndindex(y.shape):
        suma = cuantos = 0
        for u in range(i * sh - arriba, i * sh - arriba + kh):
            for v in range(j * sw - izquierda, j * sw - izquierda + kw):
                if 0 <= u < H and 0 <= v < W:
                    suma += float(x[n, u, v, c])
                    cuantos += 1
        y[n, i, j, c] = suma / cuantos
    return y
