"""Se salta los pooling."""

FAILS = ("valores",)
CAUSE_CONTAINS = "el pooling también cuenta"


def campo_receptivo(capas):
    campo, salto = 1, 1
    for kernel_size, strides in capas:
        if kernel_size == strides and kernel_size > 1:
            continue
        campo += (kernel_size - 1) * salto
        salto *= strides
    return campo
