CAUSE_CONTAINS = "a los dos lados"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    return kernel_size // 2, kernel_size // 2
