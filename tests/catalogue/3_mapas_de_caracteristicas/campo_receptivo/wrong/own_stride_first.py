"""Multiplica por el paso de la misma capa."""

CAUSE_CONTAINS = "no para ella misma"


def campo_receptivo(capas):
    campo, salto = 1, 1
    for kernel_size, strides in capas:
        salto *= strides
        campo += (kernel_size - 1) * salto
    return campo
