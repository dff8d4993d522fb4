import numpy as np


def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return np.einsum("ijab,ab->ij", ventanas, kernel)
