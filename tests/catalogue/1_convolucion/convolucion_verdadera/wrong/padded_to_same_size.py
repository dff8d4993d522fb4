import numpy as np

CAUSE_ID = "salida-del-tamano-de-la-entrada"
FAILS = ("forma", "valores", "casos límite")


def convolucion_verdadera(imagen, kernel):
    kh, kw = kernel.shape
    grande = np.pad(imagen, (((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2)))
    salida = np.zeros(imagen.shape)
    for i in range(salida.shape[0]):
        for j in range(salida.shape[1]):
            salida[i, j] = (grande[i : i + kh, j : j + kw] * kernel[::-1, ::-1]).sum()
    return salida
