"""Un texto en lugar de un número."""

CAUSE_ID = "texto-en-lugar-de-numero"
FAILS = ("forma", "valores", "casos límite")


def parametros_totales(modelo):
    return f"{sum(peso.size for peso in modelo.get_weights()):,}"
