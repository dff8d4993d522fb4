CAUSE_CONTAINS = "solo admite un entero"
FAILS = ("casos límite",)


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    pesos = kernel_size**2 * (canales_entrada // groups) * filters
    return pesos + filters if use_bias else pesos
