"""De la última capa a la primera: cuántos píxeles ven un píxel."""


def campo_receptivo(capas):
    campo = 1
    for kernel_size, strides in reversed(capas):
        campo = (campo - 1) * strides + kernel_size
    return campo
