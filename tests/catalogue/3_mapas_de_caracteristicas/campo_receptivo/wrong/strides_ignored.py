"""No cuenta los pasos."""

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "no cuentas los pasos"


def campo_receptivo(capas):
    return 1 + sum(kernel_size - 1 for kernel_size, _ in capas)
