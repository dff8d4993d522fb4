FAILS = ("valores",)
CAUSE_CONTAINS = "el 1 se suma después de dividir"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding not in {"valid", "same"}:
        raise ValueError("padding")
    if padding == "same":
        return (n + strides - 1) // strides
    abarca = kernel_size + (kernel_size - 1) * (dilation_rate - 1)
    if n < abarca:
        raise ValueError("el kernel no cabe")
    return (n - abarca + 1) // strides
