import numpy as np

CAUSE_CONTAINS = "sumas los lados del kernel"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    lados = np.broadcast_to(kernel_size, 2)
    pesos = int(lados.sum()) * canales_entrada // groups * filters
    return pesos + filters * int(use_bias)
