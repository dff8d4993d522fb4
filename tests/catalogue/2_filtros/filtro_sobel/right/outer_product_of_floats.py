import numpy as np


def filtro_sobel(eje):
    suavizado, derivada = np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
    if eje not in ("x", "y"):
        raise ValueError(f'el eje debe ser "x" o "y", y llegó {eje!r}')
    return np.outer(suavizado, derivada) if eje == "x" else np.outer(derivada, suavizado)
