import numpy as np


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    if padding == "same":
        return len(range(0, n, strides))
    if padding != "valid":
        raise ValueError('padding es "valid" o "same"')
    inicios = np.arange(0, n - dilation_rate * (kernel_size - 1), strides)
    if inicios.size == 0:
        raise ValueError("el kernel no cabe")
    return inicios.size
