"""Usa la convolución de TensorFlow."""

CODE = """
import tensorflow as tf

def correlate(a, b):
    return tf.nn.conv2d(a[None, ..., None], b[..., None, None], 1, "VALID").numpy()[0, ..., 0]

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
