CAUSE_CONTAINS = "de todo el kernel"


def normalizar_filtros(kernel):
    return (kernel - kernel.min()) / (kernel.max() - kernel.min())
