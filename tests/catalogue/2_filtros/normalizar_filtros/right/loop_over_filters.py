import numpy as np


def normalizar_filtros(kernel):
    salida = np.zeros(kernel.shape, dtype=np.float32)
    for f in range(kernel.shape[-1]):
        filtro = kernel[..., f]
        if filtro.max() > filtro.min():
            salida[..., f] = (filtro - filtro.min()) / (filtro.max() - filtro.min())
    return salida
