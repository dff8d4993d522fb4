FAILS = ("casos límite",)
CAUSE_ID = "relleno-por-la-dilatacion"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    resto = n % strides or strides
    total = dilation_rate * max(kernel_size - resto, 0)
    return total // 2, (total + 1) // 2
