import numpy as np

CAUSE_ID = "imagen-muestreada-con-la-dilatacion"


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, _, filtros = kernel.shape
    alto, ancho = x.shape[1] - dh * (kh - 1), x.shape[2] - dw * (kw - 1)
    salida = np.zeros((len(x), alto, ancho, filtros))
    for i in range(alto):
        for j in range(ancho):
            muestra = np.repeat(np.repeat(x[:, ::dh, ::dw], dh, 1), dw, 2)
            ventana = muestra[:, i : i + kh, j : j + kw]
            salida[:, i, j] = np.tensordot(ventana, kernel, axes=3) + bias
    return salida
