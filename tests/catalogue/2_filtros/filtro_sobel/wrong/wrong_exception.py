import numpy as np

CAUSE_CONTAINS = "lo rechazas con otra excepción"
FAILS = ("casos límite",)


def filtro_sobel(eje):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    if eje == "x":
        return sobel
    if eje == "y":
        return sobel.T
    raise KeyError(f"eje desconocido: {eje!r}")
