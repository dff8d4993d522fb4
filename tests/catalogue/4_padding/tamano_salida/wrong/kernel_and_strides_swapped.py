CAUSE_CONTAINS = "el kernel y el paso están intercambiados"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    kernel_size, strides = strides, kernel_size
    if padding == "same":
        return -(-n // strides)
    if padding != "valid":
        raise ValueError(padding)
    abarca = dilation_rate * (kernel_size - 1) + 1
    if abarca > n:
        raise ValueError("no cabe")
    return (n - abarca) // strides + 1
