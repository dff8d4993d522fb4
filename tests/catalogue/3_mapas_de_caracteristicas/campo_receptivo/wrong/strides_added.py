"""Suma los pasos."""

CAUSE_CONTAINS = "los pasos no se suman"


def campo_receptivo(capas):
    campo, salto = 1, 1
    for kernel_size, strides in capas:
        campo += (kernel_size - 1) * salto
        salto += strides
    return campo
