"""Falla con la lista vacía."""

FAILS = ("casos límite",)


def campo_receptivo(capas):
    campo, salto = capas[0]
    for kernel_size, strides in capas[1:]:
        campo += (kernel_size - 1) * salto
        salto *= strides
    return campo
