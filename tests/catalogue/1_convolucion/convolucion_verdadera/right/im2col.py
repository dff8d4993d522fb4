import numpy as np


def convolucion_verdadera(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    alto, ancho = ventanas.shape[:2]
    # The flipped kernel, flat, is the flat kernel backwards.
    return (ventanas.reshape(alto * ancho, -1) @ kernel.ravel()[::-1]).reshape(alto, ancho)
