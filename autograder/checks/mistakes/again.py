"""Lo que se hace dos veces, y la ventana que se sale de la imagen en un eje o por el otro lado."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d, pad
from .layout import Layout

TWICE = Named(
    "operacion-hecha-dos-veces",
    "sale lo que da recorrer la imagen dos veces: la primera salida vuelve a entrar como imagen",
    "¿qué arreglo lees dentro del bucle: la imagen o lo que ya has calculado?",
    lessons.WINDOW,
)
OUT_ON_AN_AXIS = Named(
    "ventana-que-se-sale-en-un-eje",
    "la ventana se sale de la imagen en un eje (modo «same» o «full»), o de otra manera en cada "
    "uno; en los dos tiene que caber entera",
    "¿cuántas filas y cuántas columnas da una imagen de 4×5 con un kernel de 2×3?",
    lessons.VALID,
)
CROPPED_ELSEWHERE = Named(
    "trozo-equivocado-de-la-salida",
    "queda otro trozo de la salida: la ventana empieza varios píxeles antes o después y se sale de "
    "la imagen, como al recortar mal lo que da la transformada de Fourier o el modo «full»",
    "la salida (0, 0) mira la ventana que empieza en el píxel (0, 0): ¿dónde está en lo que "
    "recortas?",
    lessons.VALID,
)
Side = Callable[[int], tuple[int, int]]
_SIDES: tuple[Side, ...] = (
    lambda k: (0, 0),
    lambda k: ((k - 1) // 2, k - 1 - (k - 1) // 2),
    lambda k: (k // 2, k - 1 - k // 2),
    lambda k: (k - 1, k - 1),
    lambda k: (0, k - 1),
    lambda k: (k - 1, 0),
)
_STARTS: tuple[Callable[[int], int], ...] = (
    lambda k: k - 1,
    lambda k: 1 - k,
    lambda k: k // 2,
    lambda k: -((k - 1) // 2),
    lambda k: k,
)


def _twice(where_it_fits: bool) -> Change:
    def again(right: Callable[..., Any]) -> Callable[..., Any]:
        def wrong(imagen: np.ndarray, kernel: np.ndarray) -> Any:
            once = right(imagen=imagen, kernel=kernel)
            small = any(n < k for n, k in zip(once.shape, kernel.shape, strict=True))
            return once if where_it_fits and small else right(imagen=once, kernel=kernel)

        return wrong

    return Change("salida", core=again)


def _out(layout: Layout) -> Iterator[Change]:
    """Zeros on each axis in a way of its own; those of both axes alike have other names."""

    def around(rows: Side, columns: Side) -> Change:
        def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **given: Any) -> np.ndarray:
            amounts = (rows(kernel.shape[0]), columns(kernel.shape[1]))
            return conv2d(pad(x, amounts), kernel, bias, **given)

        return layout.computed("tamano", wrong)

    return (around(one, other) for one in _SIDES for other in _SIDES if one is not other)


def _elsewhere(layout: Layout) -> Iterator[Change]:
    """As large as it should be, from another pixel on: round the image, or with zeros outside."""

    def moved(start: Callable[[int], int], axes: tuple[int, ...], wrap: bool) -> Change:
        def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **given: Any) -> np.ndarray:
            for axis in axes:
                by, at = start(kernel.shape[axis]), 1 + axis
                x = np.roll(x, -by, at)
                lost = [slice(None)] * 4
                lost[at] = slice(max(x.shape[at] - by, 0), None) if by > 0 else slice(0, -by)
                if by and not wrap:
                    x = x.copy()
                    x[tuple(lost)] = 0
            return conv2d(x, kernel, bias, **given)

        return layout.computed("tamano", wrong)

    for start in _STARTS:
        for axes in ((0, 1), (0,), (1,)):
            for wrap in (True, False):
                yield moved(start, axes, wrap)


def mistakes(layout: Layout, padded: bool) -> tuple[Misconception, ...]:
    plain = not (layout.deep or layout.layer)
    return (
        *(TWICE.rarely(_twice(False), _twice(True)) if plain else ()),
        *(() if padded else OUT_ON_AN_AXIS.rarely(*_out(layout))),
        *(() if padded else CROPPED_ELSEWHERE.rarely(*_elsewhere(layout))),
    )
