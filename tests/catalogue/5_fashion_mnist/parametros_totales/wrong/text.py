"""Un texto en lugar de un número."""

FAILS = ("forma", "valores", "casos límite")


def parametros_totales(modelo):
    return f"{modelo.count_params():,}"
