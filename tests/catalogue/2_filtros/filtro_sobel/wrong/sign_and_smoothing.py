"""Dos errores a la vez: el signo, y los pesos del suavizado."""

import numpy as np

FAILS = ("valores",)
CAUSE_CONTAINS = "; además, "


def filtro_sobel(eje):
    columna = np.array([1, 1, 1])
    resta = np.array([1, 0, -1])
    if eje == "x":
        return np.outer(columna, resta)
    if eje == "y":
        return np.outer(resta, columna)
    raise ValueError(f"el eje {eje!r} no existe")
