import numpy as np

FAILS = ("casos límite",)
CAUSE_ID = "una-constante-corta-el-bucle"


def normalizar_filtros(kernel):
    salida, f = np.zeros(kernel.shape), 0
    while f < kernel.shape[-1] and kernel[..., f].max() > kernel[..., f].min():
        bajo, alto = kernel[..., f].min(), kernel[..., f].max()
        salida[..., f] = (kernel[..., f] - bajo) / (alto - bajo)
        f += 1
    return salida
