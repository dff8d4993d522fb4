import numpy as np

FAILS = ("casos límite",)
CAUSE_ID = "resultado-que-no-cabe"


def rellenar(x, kernel_size, strides=1):
    (kh, kw), (sh, sw) = (np.broadcast_to(valor, 2) for valor in (kernel_size, strides))
    filas = max((-(-x.shape[1] // sh) - 1) * sh + kh - x.shape[1], 0)
    columnas = max((-(-x.shape[2] // sw) - 1) * sw + kw - x.shape[2], 0)
    marco = np.zeros((len(x), x.shape[1] + filas, x.shape[2] + columnas, x.shape[3]), x.dtype)
    marco[:, filas // 2 : filas // 2 - filas, columnas // 2 : columnas // 2 - columnas] = x
    return marco
