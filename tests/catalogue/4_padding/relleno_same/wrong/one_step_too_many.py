CAUSE_CONTAINS = "sobra un paso"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = dilation_rate * (kernel_size - 1) + 1
    salida = -(-n // strides)
    total = max(salida * strides + abarca - n, 0)
    return total // 2, total - total // 2
