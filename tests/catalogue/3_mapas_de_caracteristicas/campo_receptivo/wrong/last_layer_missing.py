"""Una vuelta de menos."""

CAUSE_CONTAINS = "falta la última capa"


def campo_receptivo(capas):
    campo = salto = 1
    i = 0
    while i < len(capas) - 1:
        campo += (capas[i][0] - 1) * salto
        salto *= capas[i][1]
        i += 1
    return campo
