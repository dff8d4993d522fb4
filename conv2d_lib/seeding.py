"""De dónde sale el azar que nadie sembró: un solo generador, que se puede sembrar."""

from __future__ import annotations

import numpy as np

from .arguments import shown, whole

_generator = np.random.default_rng()


def set_random_seed(seed: int) -> None:
    """Siembra los inicializadores y el barajado que se creen a partir de ahora.

    Hace aquí lo que ``keras.utils.set_random_seed`` en Keras.

    Parameters
    ----------
    seed : int
        Entero no negativo.

    Raises
    ------
    ValueError
        Si no es un entero no negativo.

    Examples
    --------
    >>> set_random_seed(7)
    >>> first = fresh_seed()
    >>> set_random_seed(7)
    >>> fresh_seed() == first
    True
    """
    global _generator
    number = whole(seed)
    if number is None or number < 0:
        raise ValueError(f"«seed» debe ser un entero no negativo. Llegó {shown(seed)}.")
    _generator = np.random.default_rng(number)


def fresh_seed() -> int:
    """Semilla nueva, sacada del generador común.

    Returns
    -------
    int
        De 0 a 2³¹ - 1, sin llegar.
    """
    return int(_generator.integers(2**31))
