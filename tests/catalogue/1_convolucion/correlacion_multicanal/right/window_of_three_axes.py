import numpy as np


def correlacion_multicanal(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)[:, :, 0]
    return np.tensordot(ventanas, kernel, axes=3)
