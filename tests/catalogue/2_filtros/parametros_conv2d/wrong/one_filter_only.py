import math

CAUSE_CONTAINS = "los pesos de un solo filtro"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    ventana = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    pesos = math.prod(ventana) * canales_entrada // groups
    return pesos + (filters if use_bias else 0)
