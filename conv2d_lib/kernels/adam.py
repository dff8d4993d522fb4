"""Kernel de Numba de un paso de Adam, en una sola pasada por la memoria."""

from __future__ import annotations

import numpy as np

from . import turns as turns_module
from .compilation import cached_jit
from .turns import Turns, next_turn

Rates = tuple[np.floating, np.floating, np.floating, np.floating]

_jit = cached_jit(turns_module, fastmath={"contract"})
BLOCK = 4096
"""Pesos de un bloque."""


@_jit
def _update(
    weight: np.ndarray,
    grad: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    rates: Rates,
    start: int,
    stop: int,
) -> None:
    step, new_mean, new_variance, epsilon = rates
    weight, grad = weight[start:stop], grad[start:stop]
    mean, variance = mean[start:stop], variance[start:stop]
    for k in range(len(weight)):
        mean[k] += new_mean * (grad[k] - mean[k])
        variance[k] += new_variance * (grad[k] * grad[k] - variance[k])
        weight[k] -= step * mean[k] / (np.sqrt(variance[k]) + epsilon)


@_jit
def adam_step(
    turns: Turns,
    weight: np.ndarray,
    grad: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    rates: Rates,
) -> None:
    """Cambia los pesos, y la media y la varianza de sus gradientes, bloque a bloque.

    ``rates`` es (paso, 1 - beta_1, 1 - beta_2, epsilon), del tipo de los pesos.
    """
    start, stop = next_turn(turns, 0)
    while start < stop:
        _update(weight, grad, mean, variance, rates, start * BLOCK, stop * BLOCK)
        start, stop = next_turn(turns, stop - start)
