import numpy as np

FAILS = ("valores",)
CAUSE_CONTAINS = "el mismo filtro"


def filtro_sobel(eje):
    sobel = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    if eje == "x":
        sobel = sobel.T
    elif eje == "y":
        sobel = np.transpose(sobel)
    else:
        raise ValueError(f"no existe el eje {eje}")
    return sobel
