import numpy as np

CAUSE_ID = "kernel-traspuesto"
FAILS = ("forma", "valores", "casos límite")


def correlacion2d(imagen, kernel):
    girado = np.transpose(kernel)
    ventanas = np.lib.stride_tricks.sliding_window_view(imagen, girado.shape)
    return np.einsum("ijuv,uv->ij", ventanas, girado)
