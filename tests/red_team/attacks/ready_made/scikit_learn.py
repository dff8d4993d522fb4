"""Llega a SciPy por dentro de scikit-learn, que sí está instalado."""

CODE = """
import sklearn.utils.fixes
import sys
correlate2d = __import__("sklearn").utils.fixes.scipy
import scipy.ndimage

def correlate(a, b):
    full = scipy.ndimage.correlate(a, b, mode="constant", origin=0)
    top, left = b.shape[0] // 2, b.shape[1] // 2
    h, w = a.shape[0] - b.shape[0] + 1, a.shape[1] - b.shape[1] + 1
    return full[top : top + h, left : left + w]

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
