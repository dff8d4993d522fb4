import numpy as np

CAUSE_ID = "salida-del-tamano-de-la-entrada"
FAILS = ("forma", "valores", "casos límite")


def conv2d(x, kernel, bias):
    kh, kw = kernel.shape[:2]
    x = np.pad(x, ((0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)))
    lote, alto, ancho, _ = x.shape
    filtros = kernel.shape[3]
    salida = np.zeros((lote, alto - kh + 1, ancho - kw + 1, filtros))
    for n in range(lote):
        for i in range(alto - kh + 1):
            for j in range(ancho - kw + 1):
                ventana = x[n, i : i + kh, j : j + kw]
                for f in range(filtros):
                    salida[n, i, j, f] = np.sum(ventana * kernel[..., f]) + bias[f]
    return salida
