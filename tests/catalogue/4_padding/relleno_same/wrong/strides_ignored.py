CAUSE_CONTAINS = "no tiene en cuenta el paso"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = dilation_rate * (kernel_size - 1) + 1
    total = abarca - 1
    return total // 2, total - total // 2
