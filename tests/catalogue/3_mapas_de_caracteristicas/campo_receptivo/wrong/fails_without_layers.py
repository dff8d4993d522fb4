"""Falla con la lista vacía."""

FAILS = ("casos límite",)
CAUSE_CONTAINS = "la lista vacía también vale"


def campo_receptivo(capas):
    campo, salto = capas[0]
    for kernel_size, strides in capas[1:]:
        campo += (kernel_size - 1) * salto
        salto *= strides
    return campo
