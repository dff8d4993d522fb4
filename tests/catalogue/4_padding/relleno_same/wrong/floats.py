CAUSE_CONTAINS = "decimales"
FAILS = ("forma", "valores", "casos límite")


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    salida = -(-n // strides)
    abarca = dilation_rate * (kernel_size - 1) + 1
    total = max((salida - 1) * strides + abarca - n, 0)
    return total / 2, total / 2
