import numpy as np

FILTROS = {
    "x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=np.int8),
    "y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], dtype=np.int8),
}


def filtro_sobel(eje):
    try:
        return FILTROS[eje].copy()
    except KeyError:
        raise ValueError(f"el eje {eje!r} no existe") from None
