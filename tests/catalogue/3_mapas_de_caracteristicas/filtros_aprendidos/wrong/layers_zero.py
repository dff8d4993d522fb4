"""model.layers[0], como en la clase: en un modelo funcional es la entrada."""

FAILS = ("casos límite",)
CAUSE_CONTAINS = "das por hecho"


def filtros_aprendidos(modelo):
    return modelo.layers[0].kernel.numpy()
