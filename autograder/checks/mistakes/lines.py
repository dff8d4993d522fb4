"""Líneas de un eje que faltan, sobran, se repiten, se corren o se acumulan: eje por eje."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .layout import Layout

Numbers = Callable[[np.ndarray], np.ndarray]


def _named(id: str, cause: str, hint: str, section: str = lessons.WINDOW) -> Named:
    return Named(id, cause, hint, section)


_RANGE = "¿en qué números empieza y acaba cada range, y de cuánto en cuánto avanza?"
UNEVEN_WEIGHTS = _named(
    "pesos-contados-de-mas-o-de-menos",
    "una parte del kernel cuenta dos veces, o se salta; cada peso cuenta una vez",
    _RANGE,
)
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
BADLY_MEASURED = _named(
    "salida-mal-medida",
    "los números que hay son los buenos, pero la salida no mide lo que debe: una fila o columna "
    "por cada sitio donde cabe la ventana",
    "¿en cuántas filas cabe una ventana de 2 en una imagen de 3? Pruébalo en tu fórmula",
    lessons.VALID,
)
OTHER_DIFFERENCE = _named(
    "salida-restada",
    "a cada número de la salida le restas su vecino; cada uno va por su lado",
    "mira qué haces con la salida después de calcularla",
)
WINDOW_IN_IMAGE = _named(
    "imagen-corrida",
    "los píxeles de la imagen están en otro orden a lo largo de un eje",
    "la ventana de la salida (0, 0) mira la esquina de arriba a la izquierda, tal como viene",
)
BIAS_MOVED = _named(
    "sesgos-en-otro-orden",
    "los sesgos están en otro orden o son los de otro filtro: al filtro f le toca bias[f]",
    "¿qué índice recorre bias? Tiene un número por filtro",
    lessons.FILTERS_AND_BIAS,
)


def _counts(size: int) -> list[np.ndarray]:
    """How many times each line of an axis may be counted in the place of once."""
    index = np.arange(size)
    return [
        1.0 + (index == 0),
        1.0 + (index == size - 1),
        2.0 - (index == 0),
        2.0 - (index == size - 1),
        1.0 * (index % 2 == 0),
        1.0 * (index % 2 == 1),
        1.0 - 2 * (index % 2),
        1.0 * (index != 1),
        1.0 * (index < 2),
        1.0 * (index < size // 2),
        1.0 * (index < size - 2),
        1.0 * (index == size // 2),
        1.0 * (index != size // 2),
        1.0 * (index == (size - 1) // 2),
        index * 1.0,
        index + 1.0,
        1.0 * (size - index),
        1.0 - (index == 0),
        1.0 - (index == size - 1),
        1.0 - 2 * (index == 0),
        1.0 - 2 * (index == size - 1),
    ]


_WAYS = len(_counts(3))


def _counted(axis: int, way: int) -> Change:
    def change(kernel: np.ndarray) -> np.ndarray:
        shape = [1] * kernel.ndim
        shape[axis] = -1
        return kernel * _counts(kernel.shape[axis])[way].reshape(shape)

    return argument("kernel", change)


def _first_twice(kernel: np.ndarray) -> np.ndarray:
    """The first product twice: where the sum begins with it, and it comes again in the loop."""
    more = np.ones(kernel.shape)
    more[(0,) * min(kernel.ndim, 3)] = 2
    return kernel * more


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


def _measured(layout: Layout) -> Iterator[Change]:
    """The right numbers in an answer of another size: cut, or with zeros or the bias besides."""
    sizes: list[Callable[[int, int], int]] = [
        lambda n, k: n - k,
        lambda n, k: n - k - 1,
        lambda n, k: n - k + 2,
        lambda n, k: n - k + 3,
        lambda n, k: n,
        lambda n, k: n - 1,
        lambda n, k: n + 1,
        lambda n, k: n - k // 2,
        lambda n, k: n - 2 * (k // 2),
        lambda n, k: n - 2 * k + 1,
        lambda n, k: n // k,
        lambda n, k: n + k - 1,
        lambda n, k: n + k + 1,
        lambda n, k: k,
        lambda n, k: k + 1,
        lambda n, k: 1,
        lambda n, k: n // 2,
    ]
    for size in sizes:
        for axes in ((0, 1), (0,), (1,)):
            for fill in ("zeros", "stop", *(["bias"] * layout.layer)):
                yield _of_size(layout, size, axes, fill)


def _of_size(
    layout: Layout, size: Callable[[int, int], int], axes: tuple[int, ...], fill: str
) -> Change:
    def after(out: np.ndarray, a: Arguments) -> np.ndarray:
        shape = list(out.shape)
        for axis in axes:
            at = layout.first + axis
            shape[at] = size(a[layout.image].shape[at], a["kernel"].shape[axis])
        if min(shape) < 0:
            raise ValueError
        if fill == "stop" and any(new > old for new, old in zip(shape, out.shape, strict=True)):
            raise ValueError
        whole = np.zeros(shape) + (layout.bias(a) if fill == "bias" else 0)
        common = tuple(slice(min(*pair)) for pair in zip(shape, out.shape, strict=True))
        whole[common] = out[common]
        return whole

    return afterwards(after, "tamano")


ROUND_THE_EDGE = _named(
    "ventana-que-da-la-vuelta",
    "en el borde, la ventana sigue por el otro lado de la imagen o repite su borde, y la salida "
    "mide lo que ella; la ventana tiene que caber entera",
    "¿en cuántos sitios cabe entera una ventana de 2 en una fila de 3?",
    lessons.VALID,
)
WEIGHTED = _named(
    "canales-con-otro-peso",
    "los canales se juntan con pesos propios, como los que dan el gris de una foto; los únicos "
    "pesos son los del kernel",
    "cada canal de la imagen se multiplica por el suyo del kernel, y todo se suma",
    lessons.CHANNELS,
)
_LUMINANCE = np.array([0.299, 0.587, 0.114])


def _weighted(layout: Layout) -> tuple[Misconception, ...]:
    """The grey of a photograph, where there are three channels; others are left out."""

    def change(kernel: np.ndarray) -> np.ndarray:
        if kernel.shape[2] < len(_LUMINANCE):
            raise IndexError
        weights = np.zeros(kernel.shape[2])
        weights[: len(_LUMINANCE)] = _LUMINANCE
        return kernel * weights.reshape(-1, *[1] * (kernel.ndim - 3))

    def where_three(kernel: np.ndarray) -> np.ndarray:
        return change(kernel) if kernel.shape[2] == len(_LUMINANCE) else kernel

    def as_far_as(kernel: np.ndarray) -> np.ndarray:
        weights = np.zeros(kernel.shape[2])
        some = min(len(weights), len(_LUMINANCE))
        weights[:some] = _LUMINANCE[:some]
        return kernel * weights.reshape(-1, *[1] * (kernel.ndim - 3))

    def then_as_they_are(kernel: np.ndarray) -> np.ndarray:
        weights = np.ones(kernel.shape[2])
        some = min(len(weights), len(_LUMINANCE))
        weights[:some] = _LUMINANCE[:some]
        return kernel * weights.reshape(-1, *[1] * (kernel.ndim - 3))

    ways = change, where_three, as_far_as, then_as_they_are
    return WEIGHTED.rarely(*(argument("kernel", way) for way in ways))


def _round_the_edge(layout: Layout) -> Iterator[Change]:
    for mode in ("wrap", "edge", "reflect", "symmetric"):
        for before in (
            lambda k: 0,
            lambda k: k - 1,
            lambda k: (k - 1) // 2,
            lambda k: k // 2,
        ):
            yield layout.computed("tamano", _padded_like(mode, before))


def _padded_like(mode: Any, before: Callable[[int], int]) -> Callable[..., np.ndarray]:
    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **options: Any) -> np.ndarray:
        sides = [(before(k), k - 1 - before(k)) for k in kernel.shape[:2]]
        return conv2d(np.pad(x, ((0, 0), *sides, (0, 0)), mode=mode), kernel, bias, **options)

    return wrong


def mistakes(layout: Layout, padded: bool = False) -> tuple[Misconception, ...]:
    rows, columns = layout.rows, layout.columns
    kernel_axes = [0, 1, *([2] * layout.deep)]
    return (
        *UNEVEN_WEIGHTS.rarely(
            *(_counted(axis, way) for axis in kernel_axes for way in range(_WAYS)),
            argument("kernel", _first_twice),
        ),
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
        *(() if padded else ROUND_THE_EDGE.rarely(*_round_the_edge(layout))),
        *(_weighted(layout) if layout.deep else ()),
        *(() if padded else BADLY_MEASURED.rarely(*_measured(layout))),
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
        *ACCUMULATED_FILTERS.rarely(
            layout.before_bias(lambda out: out.cumsum(3)), answer(lambda out: out.cumsum(3))
        ),
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
