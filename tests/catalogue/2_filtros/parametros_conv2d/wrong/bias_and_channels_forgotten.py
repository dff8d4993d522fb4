"""Dos errores a la vez."""

CAUSE_CONTAINS = "faltan los canales de entrada"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return kh * kw * filters
