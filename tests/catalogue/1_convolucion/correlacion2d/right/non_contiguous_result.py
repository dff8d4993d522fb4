import numpy as np


def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen.T, kernel.T.shape)
    return np.asfortranarray(np.einsum("jiba,ba->ij", ventanas, kernel.T))[::1]
