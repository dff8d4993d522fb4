import numpy as np


def convolucion_verdadera(imagen, kernel):
    # Flipping the image and the result is flipping the kernel.
    al_reves = imagen[::-1, ::-1]
    ventanas = np.lib.stride_tricks.sliding_window_view(al_reves, kernel.shape)
    return np.einsum("ijab,ab->ij", ventanas, kernel)[::-1, ::-1]
