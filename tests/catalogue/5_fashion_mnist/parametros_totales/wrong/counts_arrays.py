"""Cuenta arreglos."""

FAILS = ("valores", "casos límite")
CAUSE_CONTAINS = "cuentas arreglos"


def parametros_totales(modelo):
    return len(modelo.get_weights())
