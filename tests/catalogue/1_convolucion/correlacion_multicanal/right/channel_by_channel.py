import numpy as np


def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return (ventanas * kernel).sum(axis=(2, 3))


def correlacion_multicanal(imagen, kernel):
    return sum(correlacion2d(imagen[:, :, c], kernel[:, :, c]) for c in range(kernel.shape[2]))
