import numpy as np

CAUSE_ID = "dilatacion-de-menos"
FAILS = ("forma", "valores", "casos límite")


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.maximum(np.broadcast_to(dilation_rate, 2) - 1, 1)
    kh, kw, _, filtros = kernel.shape
    alto, ancho = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    salida = np.zeros((len(x), alto, ancho, filtros)) + bias
    for u in range(kh):
        for v in range(kw):
            salida += x[:, u * dh : u * dh + alto, v * dw : v * dw + ancho] @ kernel[u, v]
    return salida
