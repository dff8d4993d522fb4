FAILS = ("casos límite",)
CAUSE_CONTAINS = "groups divide dos veces"


def parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    pesos = kh * kw * (canales_entrada // groups) * (filters // groups)
    return pesos + filters if use_bias else pesos
