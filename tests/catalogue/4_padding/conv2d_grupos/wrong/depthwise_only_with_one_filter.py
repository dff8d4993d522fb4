import numpy as np

CAUSE_ID = "un-mapa-por-canal"
FAILS = ("casos límite",)


def conv2d_grupos(x, kernel, bias, groups=1):
    kh, kw, canales, filtros = kernel.shape
    por_grupo = filtros // groups
    alto, ancho = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    salida = np.zeros((len(x), alto, ancho, filtros))
    for f in range(filtros):
        primero = f * canales if groups == x.shape[3] else f // por_grupo * canales
        for i in range(alto):
            for j in range(ancho):
                ventana = x[:, i : i + kh, j : j + kw, primero : primero + canales]
                suma = (ventana * kernel[..., f]).sum(axis=(1, 2, 3))
                salida[:, i, j, f] = suma + bias[f]
    return salida
