import numpy as np

CAUSE_ID = "dilatacion-en-un-solo-eje"
FAILS = ("forma", "valores", "casos límite")


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, _ = np.broadcast_to(dilation_rate, 2)
    kh, kw, canales, filtros = kernel.shape
    grande = np.zeros((dh * (kh - 1) + 1, kw, canales, filtros))
    grande[::dh] = kernel
    ventanas = np.lib.stride_tricks.sliding_window_view(x, grande.shape[:2], axis=(1, 2))
    return np.tensordot(ventanas, grande, axes=([4, 5, 3], [0, 1, 2])) + bias
