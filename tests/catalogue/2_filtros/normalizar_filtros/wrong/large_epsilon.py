CAUSE_CONTAINS = "se nota"


def normalizar_filtros(kernel):
    minimo = kernel.min(axis=(0, 1, 2))
    rango = kernel.max(axis=(0, 1, 2)) - minimo
    return (kernel - minimo) / (rango + 1e-2)
