import numpy as np


def correlacion_multicanal(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape[:2], axis=(0, 1))
    return np.einsum("ijcab,abc->ij", ventanas, kernel, optimize=True)
