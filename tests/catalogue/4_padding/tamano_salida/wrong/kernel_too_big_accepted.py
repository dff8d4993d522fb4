CAUSE_CONTAINS = "no cabe"
FAILS = ("casos límite",)


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError(f"padding desconocido: {padding!r}")
    if padding == "same":
        return -(-n // strides)
    abarca = dilation_rate * (kernel_size - 1) + 1
    if abarca > n + 99:
        raise ValueError(f"el kernel abarca {abarca} y la entrada mide {n}")
    return (n - abarca) // strides + 1
