import numpy as np

CAUSE_CONTAINS = "los ejes están cambiados"
FAILS = ("valores",)


def filtro_sobel(eje):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    if eje == "y":
        return sobel
    if eje == "x":
        return sobel.T
    raise ValueError(f"eje desconocido: {eje!r}")
