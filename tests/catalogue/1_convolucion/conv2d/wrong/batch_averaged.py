import numpy as np

CAUSE_ID = "lote-promediado"
FAILS = ("forma", "valores", "casos límite")


def conv2d(x, kernel, bias):
    ventanas = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    salida = np.einsum("nijcuv,uvcf->nijf", ventanas, kernel) + bias
    return salida.mean(axis=0, keepdims=True)
