FAILS = ("casos límite",)
CAUSE_CONTAINS = "entre dos pesos seguidos hay dilatación − 1 huecos"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "same":
        return -(-n // strides)
    huecos = dilation_rate if dilation_rate > 1 else 0
    abarca = kernel_size + (kernel_size - 1) * huecos
    if abarca > n:
        raise ValueError("no cabe")
    return (n - abarca) // strides + 1
