import numpy as np

CAUSE_CONTAINS = "fuera el de todo el kernel; los tres"


def normalizar_filtros(kernel):
    filtros = []
    for f in range(kernel.shape[-1]):
        filtro = kernel[..., f] - kernel[..., f].min()
        filtros.append(filtro / (kernel.max() - kernel.min()))
    return np.stack(filtros, axis=-1)
