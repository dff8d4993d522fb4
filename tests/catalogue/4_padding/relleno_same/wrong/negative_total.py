CAUSE_CONTAINS = "negativo"
FAILS = ("casos límite",)


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    salida = -(-n // strides)
    abarca = dilation_rate * (kernel_size - 1) + 1
    total = (salida - 1) * strides + abarca - n
    return total // 2, total - total // 2
