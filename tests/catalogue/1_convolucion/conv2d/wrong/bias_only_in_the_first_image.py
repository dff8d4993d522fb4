import numpy as np

CAUSE_ID = "sesgo-en-una-parte"


def conv2d(x, kernel, bias):
    n, h, w, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((n, h - kh + 1, w - kw + 1, filtros))
    salida[0] = bias
    for u in range(kh):
        for v in range(kw):
            salida += x[:, u : u + h - kh + 1, v : v + w - kw + 1] @ kernel[u, v]
    return salida
