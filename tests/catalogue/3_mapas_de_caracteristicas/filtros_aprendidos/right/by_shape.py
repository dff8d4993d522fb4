"""El primer peso con cuatro ejes."""


def filtros_aprendidos(modelo):
    return next(peso for peso in modelo.get_weights() if peso.ndim == 4)
