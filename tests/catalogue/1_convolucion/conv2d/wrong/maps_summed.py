import numpy as np

CAUSE_ID = "filtros-sumados"
FAILS = ("forma", "valores", "casos límite")


def conv2d(x, kernel, bias):
    n, h, w, _ = x.shape
    kh, kw, _, filtros = kernel.shape
    salida = np.zeros((n, h - kh + 1, w - kw + 1))
    for f in range(filtros):
        for i in range(h - kh + 1):
            for j in range(w - kw + 1):
                ventana = x[:, i : i + kh, j : j + kw]
                salida[:, i, j] += (ventana * kernel[..., f]).sum(axis=(1, 2, 3)) + bias[f]
    return salida
