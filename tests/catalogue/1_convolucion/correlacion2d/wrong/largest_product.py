import numpy as np

CAUSE_ID = "maximo-en-lugar-de-suma"
FAILS = ("valores", "casos límite")


def correlacion2d(imagen, kernel):
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, kernel.shape)
    return (ventanas * kernel).max(axis=(2, 3))
