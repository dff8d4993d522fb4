import numpy as np

CAUSE_ID = "normalizado-con-el-cero-en-medio"


def normalizar_filtros(kernel):
    salida = np.full(kernel.shape, 0.5)
    for f in range(kernel.shape[-1]):
        mayor = np.max(np.abs(kernel[..., f]))
        if mayor > 0:
            salida[..., f] = (kernel[..., f] / mayor + 1) / 2
    return salida
