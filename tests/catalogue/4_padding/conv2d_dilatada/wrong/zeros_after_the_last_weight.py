import numpy as np

CAUSE_ID = "kernel-dilatado-mal-medido"
FAILS = ("forma", "valores", "casos límite")


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, canales, filtros = kernel.shape
    grande = np.zeros((kh * dh, kw * dw, canales, filtros))
    grande[::dh, ::dw] = kernel
    ventanas = np.lib.stride_tricks.sliding_window_view(x, grande.shape[:2], axis=(1, 2))
    return np.einsum("nijcab,abcf->nijf", ventanas, grande) + bias
