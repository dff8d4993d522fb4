CAUSE_CONTAINS = "un sesgo por canal de entrada"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    alto, ancho = kernel_size if isinstance(kernel_size, tuple) else (kernel_size,) * 2
    total = 0
    for _ in range(filters):
        total += alto * ancho * (canales_entrada // groups)
    if use_bias:
        total += canales_entrada
    return total
