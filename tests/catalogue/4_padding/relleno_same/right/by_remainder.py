def relleno_same(n, kernel_size, strides=1, dilation_rate=1):
    abarca = (kernel_size - 1) * dilation_rate + 1
    resto = n % strides
    total = max(abarca - (resto if resto else strides), 0)
    antes, impar = divmod(total, 2)
    return [antes, antes + impar]
