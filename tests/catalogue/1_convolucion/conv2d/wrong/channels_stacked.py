import numpy as np

CAUSE_ID = "canales-apilados"
FAILS = ("forma", "valores", "casos límite")


def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcuv,uvcf->nijcf", ventanas, kernel) + bias
