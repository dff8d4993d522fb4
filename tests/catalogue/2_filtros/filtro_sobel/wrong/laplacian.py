import numpy as np

FAILS = ("valores",)
CAUSE_CONTAINS = "laplaciano"


def filtro_sobel(eje):
    if eje not in ["x", "y"]:
        raise ValueError(eje)
    filtro = np.zeros((3, 3))
    filtro[1, :] = 1
    filtro[:, 1] = 1
    filtro[1, 1] = -4
    return filtro
