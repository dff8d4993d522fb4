import numpy as np

CAUSE_ID = "relleno-en-la-salida"


def relleno(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def recorre(x, kernel, bias, sh, sw):
    kh, kw, _, filtros = kernel.shape
    alto, ancho = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    salida = np.zeros((len(x), alto, ancho, filtros))
    for i in range(alto):
        for j in range(ancho):
            ventana = x[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
            salida[:, i, j] = np.tensordot(ventana, kernel, axes=3) + bias
    return salida


def conv2d(x, kernel, bias, strides=1, padding="valid"):
    sh, sw = np.broadcast_to(strides, 2)
    salida = recorre(x, kernel, bias, sh, sw)
    if padding == "same":
        faltan = [max(-(-x.shape[e] // s) - salida.shape[e], 0) for e, s in ((1, sh), (2, sw))]
        lados = [(falta // 2, falta - falta // 2) for falta in faltan]
        salida = np.pad(salida, [(0, 0), *lados, (0, 0)])
    return salida
