import numpy as np


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, canales, filtros = kernel.shape
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    lote, alto, ancho = ventanas.shape[:3]
    ventanas = ventanas.reshape(lote, alto, ancho, groups, canales, kh, kw)
    pesos = kernel.reshape(kh, kw, canales, groups, filtros // groups)
    salida = np.einsum("nijgcab,abcgf->nijgf", ventanas, pesos)
    return salida.reshape(lote, alto, ancho, filtros) + bias
