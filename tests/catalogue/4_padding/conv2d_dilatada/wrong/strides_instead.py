import numpy as np

CAUSE_CONTAINS = "como si te saltaras ventanas"
FAILS = ("forma", "valores", "casos límite")


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nijcab,abcf->nijf", ventanas[:, ::dh, ::dw], kernel) + bias
