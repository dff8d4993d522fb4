FAILS = ("valores",)
CAUSE_CONTAINS = "supones que el paso divide a n"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = dilation_rate * (kernel_size - 1) + 1
    total = max(abarca - strides, 0)
    antes = total // 2
    return antes, total - antes
