"""Kernel de Numba de un paso de Adam, en una sola pasada por la memoria."""

import numpy as np

from conv2d_lib.compilation import cached_jit


@cached_jit(fastmath={"contract"})
def adam_step(weight, grad, mean, variance, rates, start, stop):
    """Cambia los pesos, y la media y la varianza de sus gradientes, de ``start`` a ``stop``.

    ``rates`` es (paso, 1 - beta_1, 1 - beta_2, epsilon), del tipo de los pesos.
    """
    step, new_mean, new_variance, epsilon = rates
    weight, grad = weight[start:stop], grad[start:stop]
    mean, variance = mean[start:stop], variance[start:stop]
    for k in range(len(weight)):
        mean[k] += new_mean * (grad[k] - mean[k])
        variance[k] += new_variance * (grad[k] * grad[k] - variance[k])
        weight[k] -= step * mean[k] / (np.sqrt(variance[k]) + epsilon)
