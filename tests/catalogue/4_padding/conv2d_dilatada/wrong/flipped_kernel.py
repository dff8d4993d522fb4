import numpy as np

CAUSE_CONTAINS = "actúa volteado: Conv2D"


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, _, filtros = kernel.shape
    alto, ancho = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    salida = np.zeros((len(x), alto, ancho, filtros))
    for i in range(alto):
        for j in range(ancho):
            ventana = x[:, i : i + dh * (kh - 1) + 1 : dh, j : j + dw * (kw - 1) + 1 : dw]
            salida[:, i, j] = np.tensordot(ventana, kernel[::-1, ::-1], axes=3) + bias
    return salida
