import numpy as np

CAUSE_CONTAINS = "dividido o multiplicado"
FAILS = ("valores",)


def filtro_sobel(eje):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    if eje == "x":
        return sobel
    if eje == "y":
        return sobel.T
    raise ValueError(f"eje desconocido: {eje!r}")
