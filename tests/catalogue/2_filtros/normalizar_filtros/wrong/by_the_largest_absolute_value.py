import numpy as np

CAUSE_CONTAINS = "el mayor valor absoluto"


def normalizar_filtros(kernel):
    salida = np.zeros(kernel.shape)
    for f in range(kernel.shape[3]):
        mayor = np.abs(kernel[..., f]).max()
        salida[..., f] = kernel[..., f] / mayor if mayor else 0
    return salida
