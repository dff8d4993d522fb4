CAUSE_CONTAINS = "restas el kernel como con"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    abarca = dilation_rate * (kernel_size - 1) + 1
    if padding == "valid" and abarca > n:
        raise ValueError("no cabe")
    return (n - abarca) // strides + 1
