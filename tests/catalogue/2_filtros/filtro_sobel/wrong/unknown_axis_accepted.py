import numpy as np

CAUSE_CONTAINS = "no se rechaza"
FAILS = ("casos límite",)


def filtro_sobel(eje):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return sobel if eje == "x" else sobel.T
