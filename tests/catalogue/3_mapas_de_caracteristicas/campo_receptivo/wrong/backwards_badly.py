"""De la última a la primera, sin restar el paso."""

CAUSE_CONTAINS = "de la última capa a la primera"


def campo_receptivo(capas):
    campo = 1
    for kernel_size, strides in reversed(capas):
        campo = campo * strides + kernel_size
    return campo
