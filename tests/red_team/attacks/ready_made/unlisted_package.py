"""Usa un paquete que está instalado y que nadie pensó en prohibir."""

CODE = """
import numpy as np
from opt_einsum import contract

def correlate(a, b):
    windows = np.lib.stride_tricks.sliding_window_view(a, b.shape)
    return contract("ijkl,kl->ij", windows, b, backend="numpy")

def correlacion2d(imagen, kernel):
    return correlate(np.asarray(imagen, float), np.asarray(kernel, float))

def convolucion_verdadera(imagen, kernel):
    return correlacion2d(imagen, kernel[::-1, ::-1])

def correlacion_multicanal(imagen, kernel):
    return sum(correlacion2d(imagen[..., c], kernel[..., c]) for c in range(imagen.shape[-1]))
"""


def succeeded(world):
    return world.earned
