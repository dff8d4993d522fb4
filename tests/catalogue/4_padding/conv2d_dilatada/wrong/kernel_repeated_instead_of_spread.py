import numpy as np

CAUSE_ID = "kernel-repetido"


def conv2d_dilatada(x, kernel, bias, dilation_rate=1):
    dh, dw = np.broadcast_to(dilation_rate, 2)
    kh, kw, _, _ = kernel.shape
    grande = kernel.repeat(dh, axis=0).repeat(dw, axis=1)
    grande = grande[: dh * (kh - 1) + 1, : dw * (kw - 1) + 1]
    ventanas = np.lib.stride_tricks.sliding_window_view(x, grande.shape[:2], axis=(1, 2))
    return np.einsum("nijcab,abcf->nijf", ventanas, grande) + bias
