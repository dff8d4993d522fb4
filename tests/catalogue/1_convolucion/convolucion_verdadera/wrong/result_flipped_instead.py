import numpy as np

CAUSE_ID = "imagen-o-salida-volteada"
FAILS = ("valores", "casos límite")


def convolucion_verdadera(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    salida = np.tensordot(ventanas, kernel, axes=2)
    return np.flip(salida)
