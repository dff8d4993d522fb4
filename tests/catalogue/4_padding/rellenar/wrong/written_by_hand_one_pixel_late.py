import numpy as np

CAUSE_ID = "cero-sobrante-antes"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def rellenar(x, kernel_size, strides=1):
    kh, kw = np.broadcast_to(kernel_size, 2)
    sh, sw = np.broadcast_to(strides, 2)
    (arriba, abajo), (izquierda, derecha) = (
        relleno(x.shape[1], kh, sh),
        relleno(x.shape[2], kw, sw),
    )
    alto, ancho = arriba + abajo + x.shape[1], izquierda + derecha + x.shape[2]
    salida = np.zeros((len(x), alto, ancho, x.shape[3]))
    salida[:, abajo : abajo + x.shape[1], derecha : derecha + x.shape[2]] = x
    return salida
