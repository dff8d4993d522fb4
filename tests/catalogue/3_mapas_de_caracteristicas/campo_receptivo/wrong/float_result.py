"""Un número con decimales."""

FAILS = ("forma", "valores", "casos límite")
CAUSE_CONTAINS = "decimales"


def campo_receptivo(capas):
    campo, salto = 1.0, 1.0
    for kernel_size, strides in capas:
        campo += (kernel_size - 1) * salto
        salto *= strides
    return campo
