"""Calcula la forma, pero no crea ninguna capa."""

FAILS = ("forma", "valores", "casos límite")


def capa_basica():
    return (None, 28, 28, 8)
