import numpy as np

FAILS = ("forma", "valores", "casos límite")
CAUSE_ID = "solo-con-un-grupo"


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, _, filtros = kernel.shape
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    salida = np.zeros((len(x), alto, ancho, filtros)) + bias
    canales, suyos = x.shape[3] // groups, filtros // groups
    for g in range(groups):
        de, a = g * canales, (g + 1) * canales
        for u, v in np.ndindex(kh, kw):
            trozo = x[:, u : u + alto, v : v + ancho, de:a]
            escribe = slice(g * suyos, (g + 1) * suyos)
            salida[..., escribe] += trozo @ kernel[u, v, de:a, escribe]
    return salida
