"""Las comprobaciones de la unidad 6: qué es una buena rejilla, y dos errores que se cometen."""

import numpy as np

from autograder.units import ArgumentSpace, Array, Case, Misconception, Whole, check


def rejilla(mapas, columnas):
    alto, ancho, canales = mapas.shape
    filas = -(-canales // columnas)
    imagen = np.zeros((filas * alto, columnas * ancho))
    for canal in range(canales):
        y, x = canal // columnas * alto, canal % columnas * ancho
        imagen[y : y + alto, x : x + ancho] = mapas[:, :, canal]
    return imagen


def por_columnas(mapas, columnas):
    alto, ancho, canales = mapas.shape
    filas = -(-canales // columnas)
    imagen = np.zeros((filas * alto, columnas * ancho))
    for canal in range(canales):
        y, x = canal % filas * alto, canal // filas * ancho
        imagen[y : y + alto, x : x + ancho] = mapas[:, :, canal]
    return imagen


def casos(azar):
    for canales, columnas in ((6, 3), (6, 2), (int(azar.integers(7, 10)), 4)):
        mapas = azar.standard_normal((4, 6, canales))
        yield Case(f"{canales} mapas en {columnas} columnas", (mapas, columnas))
    yield Case("una sola columna", (azar.standard_normal((3, 2, 4)), 1), edge=True)


def casos_ocultos(azar):
    mapas = azar.standard_normal((2, 3, 2))
    yield Case("más columnas que mapas", (mapas, 5), edge=True)


COMPROBACIONES = [
    check(
        "rejilla",
        rejilla,
        casos,
        hidden=casos_ocultos,
        hint="El mapa número n va en la fila n // columnas y en la columna n % columnas.",
        points={"forma": 0.2, "valores": 0.5, "casos límite": 0.3},
        mistakes=[
            Misconception(
                "rejilla-por-columnas",
                "Llenas la rejilla de arriba abajo; los mapas van de izquierda a derecha.",
                por_columnas,
            ),
        ],
        space=ArgumentSpace(
            {"mapas": Array("alto ancho canales"), "columnas": Whole(1, 4)},
            {"alto": Whole(1, 3), "ancho": Whole(1, 3), "canales": Whole(1, 6)},
        ),
    ),
]
