"""Cómo cambian los pesos en cada paso: SGD y Adam, con tasa fija o decreciente, como en Keras."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from .arguments import as_flag, as_number, items_of, shown
from .arrays import as_numbers
from .kernels.adam import BLOCK, adam_step
from .kernels.threads import NUMBER, share
from .registry import Configurable, Registry


class CosineDecay(Configurable):
    """Tasa de aprendizaje que baja por media onda de coseno y se queda en el mínimo.

    Parameters
    ----------
    initial_learning_rate : float
        Tasa en el primer paso.
    decay_steps : float
        Pasos (lotes, no épocas) que tarda en bajar.
    alpha : float
        Mínimo, como parte del inicial.

    Raises
    ------
    ValueError
        Si un argumento no es válido.

    References
    ----------
    Loshchilov y Hutter, *SGDR* (2017), https://arxiv.org/abs/1608.03983.
    """

    def __init__(self, initial_learning_rate: float, decay_steps: int, alpha: float = 0.0) -> None:
        self.initial_learning_rate = as_number(
            initial_learning_rate, "initial_learning_rate", 0, above=True
        )
        self.decay_steps = as_number(decay_steps, "decay_steps", 0, above=True)
        self.alpha = as_number(alpha, "alpha", 0, 1)

    def __call__(self, step: int) -> float:
        """Tasa en el paso ``step``, contado desde 0.

        Parameters
        ----------
        step : int
            Paso, contado desde 0.

        Returns
        -------
        float
            Tasa de ese paso.

        Raises
        ------
        ValueError
            Si un argumento no es válido.
        """
        now = as_number(step, "step", 0)
        done = min(now, self.decay_steps) / self.decay_steps
        cosine = 0.5 * (1 + math.cos(math.pi * done))
        return self.initial_learning_rate * ((1 - self.alpha) * cosine + self.alpha)

    def get_config(self) -> dict[str, Any]:
        return {
            "initial_learning_rate": self.initial_learning_rate,
            "decay_steps": self.decay_steps,
            "alpha": self.alpha,
        }


class Optimizer(Configurable):
    """Base: guarda la tasa, cuenta los pasos y lleva un estado por arreglo de pesos.

    Parameters
    ----------
    learning_rate : float or CosineDecay
        Número positivo, o un objeto que da la tasa de cada paso, como ``CosineDecay``.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    slots = 0

    def __init__(self, learning_rate: float | CosineDecay) -> None:
        if not callable(learning_rate) or isinstance(learning_rate, type):
            number = cast(float, learning_rate)
            learning_rate = as_number(number, "learning_rate", 0, above=True)
        self.learning_rate = learning_rate
        self.iterations = 0
        self._state: list[tuple[np.ndarray, ...]] = []

    @property
    def current_learning_rate(self) -> float:
        """Tasa del próximo paso."""
        if callable(self.learning_rate):
            return as_number(self.learning_rate(self.iterations), "learning_rate", 0)
        return self.learning_rate

    def apply(self, weights: Sequence[np.ndarray], grads: Sequence[np.ndarray]) -> None:
        """Un paso: cambia ``weights`` en su sitio según sus gradientes.

        Las dos listas van en el mismo orden, que es el mismo en todos los pasos.

        Parameters
        ----------
        weights : sequence of ndarray
            Los pesos, de decimales; cambian en su sitio.
        grads : sequence of array_like
            El gradiente de cada uno, de su forma.
        """
        weights, grads = _matched(weights, grads)
        if not self._state:
            self._state = [
                tuple(np.zeros(w.shape, w.dtype) for _ in range(self.slots)) for w in weights
            ]
        rate = self.current_learning_rate
        self.iterations += 1
        for weight, grad, state in zip(weights, grads, self._state, strict=True):
            self._update(weight, grad, rate, *state)

    def _update(
        self, weight: np.ndarray, grad: np.ndarray, rate: float, *state: np.ndarray
    ) -> None:
        raise NotImplementedError


class SGD(Optimizer):
    """Descenso por gradiente, con momento si se pide.

    Parameters
    ----------
    learning_rate : float or CosineDecay
        Tasa de aprendizaje.
    momentum : float
        Parte del paso anterior que se conserva, de 0 a 1.
    nesterov : bool
        Si se usa el momento de Nesterov.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    slots = 2

    def __init__(
        self,
        learning_rate: float | CosineDecay = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(learning_rate)
        self.momentum = as_number(momentum, "momentum", 0, 1)
        self.nesterov = as_flag(nesterov, "nesterov")

    def _update(
        self, weight: np.ndarray, grad: np.ndarray, rate: float, *state: np.ndarray
    ) -> None:
        velocity, scratch = state
        np.multiply(grad, -rate, out=scratch)
        velocity *= self.momentum
        velocity += scratch
        if self.nesterov:
            scratch += self.momentum * velocity
            weight += scratch
        else:
            weight += velocity


class Adam(Optimizer):
    """Adam: cada peso avanza según la media y la varianza recientes de su gradiente.

    Parameters
    ----------
    learning_rate : float or CosineDecay
        Tasa de aprendizaje.
    beta_1, beta_2 : float
        Memoria de la media y de la varianza.
    epsilon : float
        Evita dividir por cero.

    Raises
    ------
    ValueError
        Si un argumento no es válido.

    References
    ----------
    Kingma y Ba (2015), https://arxiv.org/abs/1412.6980.
    """

    slots = 2

    def __init__(
        self,
        learning_rate: float | CosineDecay = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = _as_memory(beta_1, "beta_1")
        self.beta_2 = _as_memory(beta_2, "beta_2")
        self.epsilon = as_number(epsilon, "epsilon", 0)

    def _update(
        self, weight: np.ndarray, grad: np.ndarray, rate: float, *state: np.ndarray
    ) -> None:
        mean, variance = state
        t = self.iterations
        step = rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        rates = np.array([step, 1 - self.beta_1, 1 - self.beta_2, self.epsilon], weight.dtype)
        arrays = weight, np.asarray(grad, weight.dtype), mean, variance
        flat = [np.ascontiguousarray(array).reshape(-1) for array in arrays]
        share(adam_step, (*flat, tuple(rates)), -(-weight.size // BLOCK), 3 * NUMBER * weight.size)
        if not weight.flags.c_contiguous:
            weight[...] = flat[0].reshape(weight.shape)


def _as_memory(value: float, name: str) -> float:
    number = as_number(value, name, 0, 1)
    if number == 1:
        raise ValueError(f"«{name}» debe ser menor que 1. Llegó {shown(value)}.")
    return number


def _matched(weights: Any, grads: Any) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Los pesos, que cambian en su sitio, y un gradiente de la forma de cada uno."""
    weights, grads = items_of(weights), items_of(grads)
    if weights is None or grads is None or len(weights) != len(grads):
        raise ValueError("Los pesos y sus gradientes se dan en dos listas igual de largas.")
    for weight, grad in zip(weights, grads, strict=True):
        floats = isinstance(weight, np.ndarray) and weight.dtype.kind == "f"
        if not floats or np.shape(weight) != as_numbers(grad, "grads").shape:
            raise ValueError(
                "Cada peso es un arreglo de decimales con un gradiente de su misma forma. Llegaron "
                f"formas {np.shape(weight) if floats else shown(weight)} y {np.shape(grad)}."
            )
    return list(weights), [np.asarray(grad) for grad in grads]


_REGISTRY = Registry("un optimizador", "keras.optimizers", (SGD, Adam))


def get(identifier: Any) -> Optimizer:
    """Optimizador por nombre (``"adam"``), configuración, clase u objeto.

    Parameters
    ----------
    identifier : str, dict, type, object or None
        Lo que se busca: un nombre de Keras, una configuración, una clase o un objeto ya creado.

    Returns
    -------
    Optimizer
        El optimizador.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no es un ``Optimizer``.
    """
    name = identifier.lower() if isinstance(identifier, str) else identifier
    optimizer = _REGISTRY.get(name)
    if not isinstance(optimizer, Optimizer):
        raise ValueError(
            "El optimizador debe ser 'sgd', 'adam' o un objeto de conv2d_lib.optimizers. "
            f"Llegó {shown(identifier)}."
        )
    return optimizer
