import math

CAUSE_CONTAINS = "todos los ceros van al mismo lado"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = dilation_rate * (kernel_size - 1) + 1
    salida = math.ceil(n / strides)
    return 0, max(0, (salida - 1) * strides + abarca - n)
