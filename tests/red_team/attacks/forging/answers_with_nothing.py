"""Devuelve arreglos vacíos, NaN e infinitos, que no difieren de nada."""

CODE = """
import numpy as np
calls = [0]

def nothing(*args):
    calls[0] += 1
    answers = [np.empty((0, 0)), np.full((4, 4), np.nan), np.array(np.inf), np.empty((0,))]
    return answers[calls[0] % 4]

correlacion2d = convolucion_verdadera = correlacion_multicanal = conv2d = nothing
"""


def succeeded(world):
    return world.earned
