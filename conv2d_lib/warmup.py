"""``python -m conv2d_lib.warmup``: deja compilados los kernels, para que nadie espere luego."""

from __future__ import annotations

import time

import numpy as np

from .functional import warm_up
from .kernels.compilation import silence
from .layers import Conv2D, Dense, Flatten, MaxPooling2D
from .training.sequential import Sequential


def warm_up_training() -> None:
    """Compila lo que solo usa ``Sequential.fit``, en float32: un paso de una red como la CNN."""
    layers = [
        Conv2D(16, 3, activation="relu", input_shape=(10, 10, 1)),
        MaxPooling2D(2),
        Conv2D(16, 3, activation="relu"),
        MaxPooling2D(2),
        Flatten(),
        Dense(10, activation="softmax"),
    ]
    images = np.zeros((2, 10, 10, 1), np.float32)
    Sequential(layers).fit(images, np.zeros(2, np.int64), verbose=0)


def main() -> None:
    """Compila y guarda los kernels, y dice cuánto tardó."""
    print("Compilando los kernels de Numba (solo la primera vez)…", end=" ", flush=True)
    start = time.perf_counter()
    with silence():
        warm_up()
        warm_up_training()
    print(f"listos en {time.perf_counter() - start:.1f} s.")


if __name__ == "__main__":
    main()
