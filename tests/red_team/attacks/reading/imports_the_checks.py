"""Importa el módulo de comprobaciones y usa su referencia."""

CODE = """
from autograder.checks import convolucion
from autograder.checks.reference import conv2d
correlacion2d = correlacion_multicanal = convolucion.correlate
convolucion_verdadera = convolucion.convolve
"""


def succeeded(world):
    return world.earned
