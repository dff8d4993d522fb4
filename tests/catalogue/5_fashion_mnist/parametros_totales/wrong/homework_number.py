"""El número de la tarea, aprendido de memoria."""

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "siempre el total de la red"


def parametros_totales(modelo):
    return 225034
