"""Errores típicos al construir el filtro de Sobel: ejes, signos, pesos, y qué se rechaza."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change, answer, argument
from . import lessons
from .named import Named
from .ways import Entries, after, before

HINT_SOBEL = "prueba tu filtro, con lápiz, sobre una ventana con un borde vertical"
HINT_AXIS = "decide primero qué pasa con un eje que no es ni x ni y"
AXES = ("x", "y")


def _in_one(eje: str, change: Callable[[Any], Any]) -> Change:
    """The change of the filter of one axis only."""
    return after("salida", lambda value, given: change(value) if given["eje"] == eje else value)


def _instead_of_unknown(eje: str) -> Change:
    return argument("eje", lambda asked: asked if asked in AXES else eje)


def _accepting(known: Callable[[str], bool]) -> Change:
    """Axes that begin or end with a known letter, or hold one, taken for it."""
    return argument("eje", lambda asked: ("x" if "x" in asked else "y") if known(asked) else asked)


def _smoothed_with(*weights: float) -> Change:
    """The same derivative, averaged with other weights."""
    smooth = np.array(weights, float)

    def change(kernel: np.ndarray) -> np.ndarray:
        along_rows = kernel[0, 1] == 0
        return np.sign(kernel) * (smooth[:, None] if along_rows else smooth)

    return Change("pesos", after=lambda value, given: change(value))


def _times(by: float) -> Change:
    return answer(lambda kernel: kernel * by)


def _constant(kernel: np.ndarray) -> Change:
    return answer(lambda _: kernel)


def _in_bytes(kernel: np.ndarray) -> np.ndarray:
    wrapped: np.ndarray = kernel.astype(np.int8).astype(np.uint8)
    return wrapped


def _key_error(given: Arguments) -> Arguments:
    if given["eje"] not in AXES:
        raise KeyError(given["eje"])
    return given


def _laplacian(corners: float) -> np.ndarray:
    kernel = np.array([[corners, 1, corners], [1, 0, 1], [corners, 1, corners]])
    kernel[1, 1] = -kernel.sum()
    return kernel


def _by_axis(along_x: Any, along_y: Any = None) -> Change:
    """Other numbers for each axis; for «y», where none are told, the transpose."""
    rows = np.array(along_x)
    columns = rows.T if along_y is None else np.array(along_y)
    return after("pesos", lambda _, given: rows if given["eje"] == "x" else columns)


_DIAGONAL = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
_WIDER = np.outer([1, 4, 6, 4, 1], [-1, -2, 0, 2, 1])
SOBEL_MISTAKES: Entries = (
    *Named(
        "sobel-con-ejes-cambiados",
        'los ejes están cambiados: "x" compara columnas y ve los bordes verticales',
        HINT_SOBEL,
        lessons.SOBEL,
    ).by(
        argument("eje", {"x": "y", "y": "x"}.get),
    ),
    *Named(
        "sobel-igual-en-los-dos-ejes",
        'devuelves el mismo filtro para los dos ejes; el de "y" es el de "x" traspuesto, una vez',
        'compara lo que devuelves con "x" y con "y": ¿cuántas veces has traspuesto?',
        lessons.SOBEL,
    ).by(
        argument("eje", lambda asked: "x" if asked in AXES else asked),
        argument("eje", lambda asked: "y" if asked in AXES else asked),
    ),
    *Named(
        "sobel-con-signo-cambiado",
        "el signo está cambiado: el lado negativo va a la izquierda o arriba",
        "Sobel resta lo que hay antes de lo que hay después: ¿qué lado lleva el menos?",
        lessons.SOBEL,
    ).by(
        answer(np.negative),
    ),
    *Named(
        "sobel-con-el-signo-de-un-eje-cambiado",
        "en uno de los dos ejes el signo está cambiado; el lado negativo va a la izquierda o "
        "arriba",
        'el de "y" es el de "x" traspuesto: se cambian filas por columnas, y los signos quedan',
        lessons.SOBEL,
    ).by(
        _in_one("x", np.negative),
        _in_one("y", np.negative),
    ),
    *Named(
        "sobel-sin-suavizado",
        "los pesos de suavizado son 1, 2, 1, no 1, 1, 1",
        "la fila (o columna) del centro pesa más que las otras dos",
        lessons.SOBEL,
    ).by(
        _smoothed_with(1, 1, 1),
        _in_one("x", np.sign),
        _in_one("y", np.sign),
    ),
    *Named(
        "sobel-con-otros-pesos",
        "es otro filtro de bordes; el de Sobel suaviza con los pesos 1, 2, 1",
        "compara tu matriz con la del enunciado, número a número",
        lessons.SOBEL,
    ).by(
        _smoothed_with(3, 10, 3),
        _smoothed_with(2, 1, 2),
        _smoothed_with(1, 3, 1),
        _smoothed_with(0, 1, 0),
        _smoothed_with(1, 0, 1),
        _smoothed_with(0, 2, 0),
        _smoothed_with(1, 4, 1),
        _smoothed_with(2, 4, 2),
        _smoothed_with(2, 3, 2),
        _smoothed_with(1, np.sqrt(2), 1),
    ),
    *Named(
        "sobel-escalado",
        "el filtro llega dividido o multiplicado; los pesos son los del enunciado, sin escalar",
        "¿los números de tu matriz son -2, -1, 0, 1 y 2?",
        lessons.SOBEL,
    ).by(
        *map(_times, (1 / 8, 1 / 4, 1 / 9, 1 / 3, 1 / 2, 2)),
        *(_in_one(eje, lambda kernel: kernel / 8) for eje in AXES),
        answer(lambda value: value / np.sqrt((value**2).sum())),
    ),
    *Named(
        "sobel-en-valor-absoluto",
        "todos los pesos son positivos o cero; un lado resta y lleva el signo menos",
        "sobre una zona de un solo tono, Sobel debe dar 0",
        lessons.SOBEL,
    ).by(
        answer(np.abs),
    ),
    *Named(
        "sobel-en-bytes",
        "los números negativos dan la vuelta, como en un filtro de enteros sin signo (uint8)",
        "mira el dtype de tu arreglo: ¿caben en él los números negativos?",
        lessons.SOBEL,
    ).by(
        answer(_in_bytes),
        *(_in_one(eje, _in_bytes) for eje in AXES),
    ),
    *Named(
        "sobel-con-otra-forma",
        "los nueve números no tienen la forma (3, 3)",
        "escribe la matriz por filas: una lista de tres listas de tres números",
        lessons.SOBEL,
    ).by(
        answer(np.ravel),
        argument("eje", lambda asked: "x" if asked in AXES else asked).then(answer(np.ravel)),
        answer(lambda value: value[:, :, None]),
        answer(lambda value: value[:, :, None, None]),
        answer(lambda value: value[None]),
    ),
    *Named(
        "laplaciano-en-lugar-de-sobel",
        "es el filtro laplaciano, que mira los cuatro vecinos a la vez; Sobel mira un solo eje",
        HINT_SOBEL,
        lessons.SOBEL,
    ).by(
        *(_constant(sign * _laplacian(corners)) for sign in (1, -1) for corners in (0, 1)),
    ),
    *Named(
        "sobel-de-otro-tamano",
        "el filtro no es de 3×3: es uno de otro tamaño, o solo la derivada, sin suavizar",
        "escribe la matriz por filas: una lista de tres listas de tres números",
        lessons.SOBEL,
    ).by(
        _by_axis(_WIDER),
        _by_axis(np.outer([1, 2, 4, 2, 1], [-1, -2, 0, 2, 1])),
        _by_axis([[-1, 0, 1]]),
        _by_axis([-1, 0, 1]),
        _by_axis([-1, 0, 1], [[-1], [0], [1]]),
        _by_axis([[-1, 1]]),
        _by_axis([-1, 1], [[-1], [1]]),
        _by_axis([[-1, 1], [-1, 1]]),
        *(
            _by_axis(sign * np.array(x), sign * np.array(y))
            for sign in (1, -1)
            for x, y in (
                ([[1, 0], [0, -1]], [[0, 1], [-1, 0]]),
                ([[0, 1], [-1, 0]], [[1, 0], [0, -1]]),
            )
        ),
    ),
    *Named(
        "sobel-en-diagonal",
        "el filtro compara dos esquinas opuestas, y responde a bordes inclinados; Sobel compara "
        "columnas o filas",
        HINT_SOBEL,
        lessons.SOBEL,
    ).by(
        *(
            _by_axis(sign * one, other_sign * other)
            for one, other in (
                (_DIAGONAL, _DIAGONAL[:, ::-1]),
                (_DIAGONAL[:, ::-1], _DIAGONAL),
                (_DIAGONAL, _DIAGONAL.T),
            )
            for sign in (1, -1)
            for other_sign in (1, -1)
        ),
    ),
    *Named(
        "eje-desconocido-aceptado",
        "un eje que no es x ni y no se rechaza; ahí va un ValueError",
        HINT_AXIS,
        lessons.SOBEL,
    ).by(
        _instead_of_unknown("y"),
        _instead_of_unknown("x"),
        _accepting(lambda asked: asked[:1] in ("x", "y")),
        argument("eje", lambda asked: asked.lower() if asked.lower() in AXES else asked),
        _instead_of_unknown("x").then(
            after("salida", lambda value, given: value if given["eje"] in AXES else None)
        ),
    ),
    *Named(
        "eje-desconocido-con-otro-error",
        "con un eje desconocido, el error que se pide es un ValueError, y el tuyo es otro",
        "raise ValueError(…) es quien elige el tipo del error; un diccionario lanza KeyError",
        lessons.SOBEL,
    ).by(
        before("eje", _key_error),
    ),
)
