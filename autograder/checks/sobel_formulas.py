"""El filtro de Sobel con un número o una línea por otra."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .ways import Entries, after

ONE_NUMBER = Named(
    "sobel-con-un-numero-cambiado",
    "un número del filtro, o dos vecinos cambiados entre sí, no son los del enunciado",
    "compara tu matriz con la del enunciado, número a número",
    lessons.SOBEL,
)
LINES = Named(
    "sobel-con-las-lineas-cambiadas",
    "las filas o las columnas del filtro están en otro orden, o una se repite",
    "el peso doble va en la línea del centro, y el lado negativo, antes que el positivo",
    lessons.SOBEL,
)
_SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def _in_axes(change: Callable[[np.ndarray], np.ndarray]) -> Iterator[Change]:
    """The x filter with the change and its transpose for y; or one of the two filters alone."""
    for axes in ("xy", "x", "y"):
        yield after("pesos", _of_axes(change, axes))


def _of_axes(change: Callable[[np.ndarray], np.ndarray], axes: str) -> Callable[..., Any]:
    def changed(value: np.ndarray, given: Arguments) -> np.ndarray:
        if given["eje"] not in axes:
            return value
        along: np.ndarray = change(value if given["eje"] == "x" else value.T)
        return along if given["eje"] == "x" else along.T

    return changed


def _put(place: tuple[int, int], number: float) -> Callable[[np.ndarray], np.ndarray]:
    def change(kernel: np.ndarray) -> np.ndarray:
        other = np.array(kernel, dtype=np.float64)
        other[place] = number
        return other

    return change


def _swapped(one: tuple[int, int], other: tuple[int, int]) -> Callable[[np.ndarray], np.ndarray]:
    def change(kernel: np.ndarray) -> np.ndarray:
        changed = np.array(kernel)
        changed[one], changed[other] = kernel[other], kernel[one]
        return changed

    return change


def _numbers() -> Iterator[Change]:
    for place in np.ndindex(3, 3):
        for number in (-3, -2, -1, 0, 1, 2, 3):
            if number != _SOBEL[place]:
                yield from _in_axes(_put((place[0], place[1]), number))
        for other in ((place[0], place[1] + 1), (place[0] + 1, place[1])):
            if max(other) < 3 and _SOBEL[place] != _SOBEL[other]:
                yield from _in_axes(_swapped((place[0], place[1]), other))


def _lines() -> Iterator[Change]:
    orders = [each for each in itertools.product(range(3), repeat=3) if each != (0, 1, 2)]
    for order in orders:
        index = list(order)
        if order[1] != 1:  # Otherwise nothing changes: the first row is as the last.
            yield from _in_axes(lambda kernel, index=index: kernel[index])  # type: ignore[misc]
        yield from _in_axes(lambda kernel, index=index: kernel[:, index])  # type: ignore[misc]


SOBEL_FORMULAS: Entries = (*ONE_NUMBER.rarely(*_numbers()), *LINES.rarely(*_lines()))
