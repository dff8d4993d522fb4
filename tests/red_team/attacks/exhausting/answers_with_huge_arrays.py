"""Responde al juez con arreglos de 60 MB en cada llamada."""

CODE = """
import numpy as np
huge = np.zeros(60 << 20, np.uint8)
correlacion2d = convolucion_verdadera = lambda imagen, kernel: huge
correlacion_multicanal = conv2d = lambda *a: [huge[: 20 << 20]] * 3
"""


def succeeded(world):
    return world.held_up
