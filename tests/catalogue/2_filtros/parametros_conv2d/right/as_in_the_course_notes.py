import numpy as np


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    alto, ancho = np.broadcast_to(kernel_size, 2)
    return (alto * ancho * canales_entrada // groups + int(use_bias)) * filters
