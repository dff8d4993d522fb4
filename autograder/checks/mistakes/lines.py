"""Líneas de un eje que faltan, sobran, se repiten, se corren o se acumulan: eje por eje."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from . import measured, weights
from .layout import Layout

Numbers = Callable[[np.ndarray], np.ndarray]


def _named(id: str, cause: str, hint: str, section: str = lessons.WINDOW) -> Named:
    return Named(id, cause, hint, section)


_RANGE = "¿en qué números empieza y acaba cada range, y de cuánto en cuánto avanza?"
NOT_ALL_FILTERS = _named(
    "filtros-sin-calcular",
    "quedan filtros sin calcular: el primero, el último o uno de cada dos",
    _RANGE,
    lessons.FILTERS_AND_BIAS,
)
NOT_ALL_IMAGES = _named(
    "ejemplos-sin-calcular",
    "quedan ejemplos del lote sin calcular: el primero, el último o uno de cada dos",
    _RANGE,
    lessons.BATCH,
)
NOT_ALL_LINES = _named(
    "lineas-sin-calcular",
    "quedan filas o columnas de la salida sin calcular, o solo está la primera o la última",
    _RANGE,
)
MOVED = _named(
    "salida-corrida",
    "los números de la salida están corridos de sitio a lo largo de un eje",
    "¿en qué posición escribes lo que da la ventana de arriba a la izquierda?",
)
ACCUMULATED_IMAGES = _named(
    "lote-acumulado",
    "cada ejemplo del lote arrastra los anteriores; cada uno va por su lado",
    "¿en qué bucle tiene que estar la línea que pone el acumulador a 0?",
    lessons.BATCH,
)
ACCUMULATED_FILTERS = _named(
    "filtros-acumulados",
    "cada filtro arrastra los anteriores; cada uno va por su lado",
    "¿en qué bucle tiene que estar la línea que pone el acumulador a 0?",
    lessons.FILTERS_AND_BIAS,
)
ACCUMULATED = _named(
    "salida-acumulada",
    "cada fila o columna de la salida arrastra las anteriores; cada ventana empieza de cero",
    "¿en qué bucle tiene que estar la línea que pone el acumulador a 0?",
)
REPEATED = _named(
    "lineas-repetidas",
    "todas las filas, o todas las columnas, de la salida son iguales; cada una mira su sitio",
    "¿qué índices cambian de una fila de la salida a la siguiente?",
)
SORTED = _named(
    "numeros-ordenados",
    "los números están ordenados de menor a mayor; cada uno va en su lugar",
    "mira qué hace la última función que aplicas",
)
OTHER_DIFFERENCE = _named(
    "salida-restada",
    "a cada número de la salida le falta su vecino, como si se restaran; cada uno va por su lado",
    "mira qué haces con la salida después de calcularla",
)
WINDOW_IN_IMAGE = _named(
    "imagen-corrida",
    "los píxeles de la imagen cuentan en otro orden a lo largo de un eje",
    "la ventana de la salida (0, 0) mira la esquina de arriba a la izquierda, tal como viene",
)
BIAS_MOVED = _named(
    "sesgos-en-otro-orden",
    "los sesgos están en otro orden o son los de otro filtro: al filtro f le toca bias[f]",
    "¿qué índice recorre bias? Tiene un número por filtro",
    lessons.FILTERS_AND_BIAS,
)


def blanks(layout: Layout, axis: int) -> Iterator[Change]:
    """Lines of the answer that are not computed; in a layer, with their bias or without."""

    def left(kept: Callable[[np.ndarray, int], np.ndarray], bias: bool) -> Change:
        def after(out: np.ndarray, a: Arguments) -> np.ndarray:
            shape = [1] * out.ndim
            shape[axis] = -1
            size = out.shape[axis]
            there = kept(np.arange(size), size).reshape(shape)
            return np.where(there, out, layout.bias(a) if bias else 0.0)

        return afterwards(after, "tamano")

    keeps: list[Callable[[np.ndarray, int], np.ndarray]] = [
        lambda i, n: i < n - 1,
        lambda i, n: i > 0,
        lambda i, n: i % 2 == 0,
        lambda i, n: i == 0,
        lambda i, n: i == n - 1,
        lambda i, n: i < n - 2,
        lambda i, n: (i > 0) & (i < n - 1),
        lambda i, n: i < n // 2,
    ]
    for keep in keeps:
        for bias in [False, True] if layout.layer else [False]:
            yield left(keep, bias)


def shifts(axis: int) -> Iterator[Change]:
    """The answer moved along an axis: round, or with zeros that come in."""
    for by in (1, -1):
        yield answer(partial(np.roll, shift=by, axis=axis))
        yield answer(partial(_pushed, by=by, axis=axis))


def _pushed(out: np.ndarray, by: int, axis: int) -> np.ndarray:
    moved = np.roll(out, by, axis)
    place = [slice(None)] * out.ndim
    place[axis] = slice(0, by) if by > 0 else slice(by, None)
    moved[tuple(place)] = 0
    return moved


def mistakes(layout: Layout, padded: bool = False) -> tuple[Misconception, ...]:
    rows, columns = layout.rows, layout.columns
    return (
        *weights.uneven(layout),
        *(_of_layer(layout) if layout.layer else ()),
        *NOT_ALL_LINES.rarely(*(way for at in (rows, columns) for way in blanks(layout, at))),
        *MOVED.rarely(
            *(way for at in (rows, columns) for way in shifts(at)),
            *(answer(partial(np.roll, shift=by, axis=(rows, columns))) for by in (1, -1)),
        ),
        *ACCUMULATED.rarely(
            *(
                layout.before_bias(lambda out, at=at: out.cumsum(at))  # type: ignore[misc]
                for at in (rows, columns)
            ),
            layout.before_bias(lambda out: out.cumsum(rows).cumsum(columns)),
        ),
        *REPEATED.rarely(*(answer(repeating(at, -1)) for at in (rows, columns))),
        *SORTED.rarely(
            *(answer(lambda out, at=at: np.sort(out, at)) for at in (rows, columns)),  # type: ignore[misc]
            argument("kernel", lambda k: np.sort(k, axis=None).reshape(k.shape)),
        ),
        *OTHER_DIFFERENCE.rarely(
            *(answer(lambda out, at=at: np.diff(out, axis=at)) for at in (rows, columns))  # type: ignore[misc]
        ),
        *WINDOW_IN_IMAGE.rarely(*_moved_images(layout)),
        *(() if padded else measured.round_the_edge(layout)),
        *(weights.of_channels() if layout.deep else ()),
        *(() if padded else measured.badly_measured(layout)),
    )


def _moved_images(layout: Layout) -> Iterator[Change]:
    axes = [layout.rows, layout.columns, *([layout.first + 2] * layout.deep)]
    for axis in axes:
        for by in (1, -1) if axis in axes[:2] else ():
            yield argument(layout.image, lambda x, by=by, axis=axis: np.roll(x, by, axis))  # type: ignore[misc]
        yield argument(layout.image, lambda x, axis=axis: np.sort(x, axis))  # type: ignore[misc]


def _of_layer(layout: Layout) -> tuple[Misconception, ...]:
    return (
        *NOT_ALL_FILTERS.rarely(*blanks(layout, 3)),
        *NOT_ALL_IMAGES.rarely(*blanks(layout, 0)),
        *ACCUMULATED_IMAGES.rarely(
            layout.before_bias(lambda out: out.cumsum(0)), answer(lambda out: out.cumsum(0))
        ),
        *ACCUMULATED_FILTERS.by(layout.before_bias(lambda out: out.cumsum(3))),
        *ACCUMULATED_FILTERS.rarely(answer(lambda out: out.cumsum(3))),
        *BIAS_MOVED.rarely(
            argument("bias", lambda b: np.roll(b, 1)),
            argument("bias", lambda b: np.roll(b, -1)),
            argument("bias", np.sort),
            argument("bias", lambda b: np.full_like(b, b.max())),
            argument("bias", lambda b: np.full_like(b, b.min())),
            argument("bias", np.cumsum),
        ),
    )


def repeating(axis: int, line: int) -> Numbers:
    return lambda out: np.take(out, [line], axis).repeat(out.shape[axis], axis)
