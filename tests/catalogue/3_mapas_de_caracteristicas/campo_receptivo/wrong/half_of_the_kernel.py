"""Solo lo que se ve a un lado."""

from functools import reduce

CAUSE_CONTAINS = "se ve a los dos lados"


def campo_receptivo(capas):
    def paso(estado, capa):
        campo, salto = estado
        return campo + capa[0] // 2 * salto, salto * capa[1]

    return reduce(paso, capas, (1, 1))[0]
