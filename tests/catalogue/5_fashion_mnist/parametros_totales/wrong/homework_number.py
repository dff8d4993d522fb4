"""El número de la tarea, aprendido de memoria."""

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "responde siempre lo mismo"


def parametros_totales(modelo):
    return 225034
