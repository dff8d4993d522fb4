import numpy as np


def convolucion_verdadera(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijab,ab->ij", ventanas, np.rot90(kernel, 2))
