import numpy as np


def parametros_dense(entradas, unidades, use_bias=True):
    return np.prod([entradas + bool(use_bias), unidades])
