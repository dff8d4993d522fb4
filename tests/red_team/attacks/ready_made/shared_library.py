"""Carga con ctypes las bibliotecas compiladas de SciPy o TensorFlow."""

CODE = """
import ctypes, glob, sys
found = []
for folder in sys.path:
    for name in ("scipy", "tensorflow", "keras", "torch"):
        found += glob.glob(f"{folder}/{name}*/**/*.so*", recursive=True)
ctypes.CDLL(found[0])
from scipy.signal import correlate2d

def correlate(a, b):
    return correlate2d(a, b, mode="valid")

import numpy as np

def correlacion2d(imagen, kernel):
    return correlate(np.asarray(imagen, float), np.asarray(kernel, float))

def convolucion_verdadera(imagen, kernel):
    return correlacion2d(imagen, kernel[::-1, ::-1])

def correlacion_multicanal(imagen, kernel):
    return sum(correlacion2d(imagen[..., c], kernel[..., c]) for c in range(imagen.shape[-1]))
"""


def succeeded(world):
    return world.earned
