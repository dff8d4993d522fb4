"""De dónde sale el azar que nadie sembró: un solo generador, que se puede sembrar."""

from __future__ import annotations

import numpy as np

_generator = np.random.default_rng()


def set_random_seed(seed: int) -> None:
    """Siembra los inicializadores y el barajado que se creen a partir de ahora.

    Hace aquí lo que ``keras.utils.set_random_seed`` en Keras.

    Parameters
    ----------
    seed
        Entero no negativo.
    """
    global _generator
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise ValueError(f"«seed» debe ser un entero no negativo. Llegó {seed!r}.")
    _generator = np.random.default_rng(int(seed))


def fresh_seed() -> int:
    """Semilla nueva, sacada del generador común."""
    return int(_generator.integers(2**31))
