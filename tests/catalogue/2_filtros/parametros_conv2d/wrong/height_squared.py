FAILS = ("casos límite",)
CAUSE_CONTAINS = "elevas al cuadrado uno de los dos"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    lado = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    return (lado**2 * canales_entrada // groups + bool(use_bias)) * filters
