import numpy as np

CAUSE_ID = "eje-desconocido-aceptado"
FAILS = ("casos límite",)


def filtro_sobel(eje):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    letra = eje.lower()
    if letra not in ("x", "y"):
        raise ValueError(f"eje desconocido: {eje!r}")
    return sobel if letra == "x" else sobel.T
