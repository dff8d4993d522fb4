import numpy as np


def conv2d(x, kernel, bias, strides=1, padding="valid"):
    lote, alto, ancho, _ = x.shape
    kh, kw, _, _ = kernel.shape
    sh, sw = (strides, strides) if isinstance(strides, int) else strides
    if padding == "same":
        filas, columnas = -(-alto // sh), -(-ancho // sw)
        arriba = max((filas - 1) * sh + kh - alto, 0) // 2
        izquierda = max((columnas - 1) * sw + kw - ancho, 0) // 2
    else:
        filas, columnas, arriba, izquierda = (alto - kh) // sh + 1, (ancho - kw) // sw + 1, 0, 0
    salida = np.tile(bias.astype(np.float64), (lote, filas, columnas, 1))
    for i, j, a, b in np.ndindex(filas, columnas, kh, kw):
        fila, columna = i * sh + a - arriba, j * sw + b - izquierda
        if 0 <= fila < alto and 0 <= columna < ancho:
            salida[:, i, j] += x[:, fila, columna] @ kernel[a, b]
    return salida
