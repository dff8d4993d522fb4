"""Kernel de Numba de un paso de Adam, en una sola pasada por la memoria."""

import numpy as np

from . import turns as turns_module
from .compilation import cached_jit
from .turns import next_turn

_jit = cached_jit(turns_module, fastmath={"contract"})
BLOCK = 4096
"""Pesos de un bloque."""


@_jit
def _update(weight, grad, mean, variance, rates, start, stop):
    step, new_mean, new_variance, epsilon = rates
    weight, grad = weight[start:stop], grad[start:stop]
    mean, variance = mean[start:stop], variance[start:stop]
    for k in range(len(weight)):
        mean[k] += new_mean * (grad[k] - mean[k])
        variance[k] += new_variance * (grad[k] * grad[k] - variance[k])
        weight[k] -= step * mean[k] / (np.sqrt(variance[k]) + epsilon)


@_jit
def adam_step(turns, weight, grad, mean, variance, rates):
    """Cambia los pesos, y la media y la varianza de sus gradientes, bloque a bloque.

    ``rates`` es (paso, 1 - beta_1, 1 - beta_2, epsilon), del tipo de los pesos.
    """
    start, stop = next_turn(turns, 0)
    while start < stop:
        _update(weight, grad, mean, variance, rates, start * BLOCK, stop * BLOCK)
        start, stop = next_turn(turns, stop - start)
