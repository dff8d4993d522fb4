import numpy as np


def rellenar(x, kernel_size, strides=1):
    k = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    s = (strides, strides) if isinstance(strides, int) else strides
    lote, alto, ancho, canales = x.shape
    th = max((-(-alto // s[0]) - 1) * s[0] + k[0] - alto, 0)
    tw = max((-(-ancho // s[1]) - 1) * s[1] + k[1] - ancho, 0)
    salida = np.zeros((lote, alto + th, ancho + tw, canales))
    salida[:, th // 2 : th // 2 + alto, tw // 2 : tw // 2 + ancho] = x
    return salida
