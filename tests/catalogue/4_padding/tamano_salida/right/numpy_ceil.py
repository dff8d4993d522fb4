import numpy as np


def tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
    abarca = (kernel_size - 1) * dilation_rate + 1
    if padding not in {"valid", "same"} or (padding == "valid" and abarca > n):
        raise ValueError(f"no hay salida con n={n}, padding={padding!r}")
    ventanas = n if padding == "same" else n - abarca + 1
    return np.ceil(ventanas / strides).astype(int)
