"""Enteros y tensores que dicen ser iguales a cualquiera."""

UNIT = "5_fashion_mnist"
CODE = """
import keras
import numpy as np

class Any(int):
    __hash__ = int.__hash__
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __sub__(self, other):
        return 0

class Same(np.ndarray):
    def __array_ufunc__(self, *_, **__):
        return True
    def __array_function__(self, *_, **__):
        return True

Same.__module__ = Any.__module__ = "keras.src.backend"

def parametros_totales(modelo):
    return Any(225034)

def mapas_primera_conv(modelo, imagenes):
    return np.zeros((len(imagenes), 26, 26, 4)).view(Same)
"""


def succeeded(world):
    return world.earned
