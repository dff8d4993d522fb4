CAUSE_ID = "relleno-redondeado-al-par"


def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    salida = (n + strides - 1) // strides
    total = max(0, (salida - 1) * strides + dilation_rate * (kernel_size - 1) + 1 - n)
    despues = round(total / 2)
    return total - despues, despues
