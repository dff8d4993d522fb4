import numpy as np

CAUSE_ID = "entrada-modificada"
FAILS = ("casos límite",)


def normalizar_filtros(kernel):
    k = np.asarray(kernel, dtype=float)
    for f in range(k.shape[-1]):
        filtro = k[..., f]
        filtro -= filtro.min()
        if filtro.max() > 0:
            filtro /= filtro.max()
    return k
