CAUSE_CONTAINS = "se reparte entre los dos"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = dilation_rate * (kernel_size - 1) + 1
    sobra = n % strides or strides
    total = max(abarca - sobra, 0)
    return (total,) * 2
