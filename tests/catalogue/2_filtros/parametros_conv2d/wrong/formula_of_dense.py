CAUSE_CONTAINS = "fórmula de Dense"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    pesos = canales_entrada * filters
    if use_bias:
        return pesos + filters
    return pesos
