import numpy as np

CAUSE_ID = "sesgo-multiplicado"


def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.tensordot(ventanas, kernel, axes=([4, 5, 3], [0, 1, 2])) * bias
