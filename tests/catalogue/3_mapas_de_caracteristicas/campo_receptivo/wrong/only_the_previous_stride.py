"""El salto es el paso de la capa anterior, sin acumular."""

CAUSE_CONTAINS = "se multiplican a lo largo"


def campo_receptivo(capas):
    campo, salto = 1, 1
    for kernel_size, strides in capas:
        campo += (kernel_size - 1) * salto
        salto = strides
    return campo
