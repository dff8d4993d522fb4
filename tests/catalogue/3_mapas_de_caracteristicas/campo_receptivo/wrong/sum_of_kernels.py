"""Suma los kernels."""

CAUSE_CONTAINS = "sumas los tamaños"


def campo_receptivo(capas):
    return sum(kernel_size for kernel_size, _ in capas)
