import numpy as np

CAUSE_ID = "sesgo-doble"


def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    salida = np.einsum("nijcuv,uvcf->nijf", ventanas, kernel) + bias
    for f in range(len(bias)):
        salida[..., f] += bias[f]
    return salida
