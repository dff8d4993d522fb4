CAUSE_CONTAINS = "sobra una posición cuando el paso divide"


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    match padding:
        case "same":
            return n // strides + 1
        case "valid":
            abarca = dilation_rate * (kernel_size - 1) + 1
            if abarca > n:
                raise ValueError("no cabe")
            return (n - abarca) // strides + 1
        case _:
            raise ValueError("padding")
