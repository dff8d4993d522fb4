CAUSE_CONTAINS = "no divides entre el rango"


def normalizar_filtros(kernel):
    return kernel - kernel.min(axis=(0, 1, 2), keepdims=True)
