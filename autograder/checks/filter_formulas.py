"""El gaussiano, el de Sobel y los filtros en [0, 1], con cada pieza de su fórmula cambiada."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .normalize_mistakes import BACKWARDS
from .ways import Entries, after

Weights = Callable[[Any, Any, Any], Any]
_EXPONENT = "escribe el exponente como una fracción: qué va arriba y qué va abajo"


def _gauss(id: str, cause: str, hint: str = _EXPONENT) -> Named:
    return Named(id, cause, hint, lessons.CLASSIC_FILTERS)


DISTANCE = _gauss(
    "gauss-con-otra-distancia-al-cuadrado",
    "la distancia al centro está mal calculada: d² = (i − c)² + (j − c)², la misma en los dos ejes",
)
DENOMINATOR = _gauss(
    "gauss-con-otro-denominador",
    "el exponente no se divide entre 2σ²: falta o sobra un factor, o σ lleva otra potencia",
)
CENTRE = _gauss(
    "gauss-con-otro-centro",
    "las distancias se miden desde un punto que no es el centro, (tamano − 1) / 2",
    "¿a qué distancia del centro queda el primer peso con tamano 4? ¿Y el último?",
)
BASE = _gauss(
    "gauss-con-otra-funcion",
    "los pesos no son una exponencial de −d² / 2σ²: es otra función, o le falta el signo",
)
SCALE = _gauss(
    "gauss-con-otra-escala",
    "la última cuenta no es dividir entre la suma de todos los pesos, y el filtro no suma 1",
    "suma todos los pesos de lo que devuelves: ¿da 1?",
)


def _whole(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


def _made(
    squares: Weights,
    base: Callable[[Any, Any], Any],
    centre: Callable[[int], float] | None = None,
    scale: Callable[[np.ndarray], np.ndarray] = _whole,
) -> Change:
    """Weights ``base(squares(rows, columns, sigma), sigma)``, scaled at the end."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        size, sigma = given["tamano"], given["sigma"]
        offsets = np.arange(size) - ((size - 1) / 2 if centre is None else centre(size))
        weights = base(squares(offsets[:, None], offsets[None, :], sigma), sigma)
        return scale(np.broadcast_to(weights, (size, size)) * 1.0)

    return after("gauss", change)


def _squares(a: Any, b: Any, s: Any) -> Any:
    return a**2 + b**2


def _bell(d: Any, s: Any) -> Any:
    return np.exp(-d / (2 * s**2))


GAUSSIAN_FORMULAS: Entries = (
    *DISTANCE.rarely(
        *(
            _made(way, _bell)
            for way in (
                lambda a, b, s: a**2 - b**2,
                lambda a, b, s: b**2 - a**2,
                lambda a, b, s: a + b**2,
                lambda a, b, s: a**2 + b,
                lambda a, b, s: 2 * a + b**2,
                lambda a, b, s: a**2 + 2 * b,
                lambda a, b, s: a + b,
                lambda a, b, s: (a + b) ** 2,
                lambda a, b, s: (a - b) ** 2,
                lambda a, b, s: a * b,
                lambda a, b, s: abs(a * b),
                lambda a, b, s: a**2 * b**2,
                lambda a, b, s: 2 * a**2 + 0 * b,
                lambda a, b, s: 2 * b**2 + 0 * a,
                lambda a, b, s: abs(a) ** 3 + abs(b) ** 3,
                lambda a, b, s: a**4 + b**4,
                lambda a, b, s: a**2 + abs(b),
                lambda a, b, s: abs(a) + b**2,
                lambda a, b, s: np.maximum(a**2, b**2),
                lambda a, b, s: np.minimum(a**2, b**2),
                lambda a, b, s: (a**2 + b**2) / 2,
                lambda a, b, s: (abs(a) + abs(b)) / 2,
                lambda a, b, s: np.round(a) ** 2 + np.round(b) ** 2,
                lambda a, b, s: np.trunc(a) ** 2 + np.trunc(b) ** 2,
                lambda a, b, s: a**3 + b**2,
                lambda a, b, s: a**2 + b**3,
            )
        )
    ),
    *DENOMINATOR.rarely(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: np.exp(-d),
                lambda d, s: np.exp(-d / 2),
                lambda d, s: np.exp(-d / (2 + s**2)),
                lambda d, s: np.exp(-d / (3 * s**2)),
                lambda d, s: np.exp(-d / (4 * s)),
                lambda d, s: np.exp(-d / (4 * s**2)),
                lambda d, s: np.exp(-d / 4),
                lambda d, s: np.exp(-d / (2 * s**3)),
                lambda d, s: np.exp(-d / (2 * s**4)),
                lambda d, s: np.exp(-d / (2 * 2**s)),
                lambda d, s: np.exp(-d * 2 * s**2),
                lambda d, s: np.exp(-d * s**2),
                lambda d, s: np.exp(-d * s),
                lambda d, s: np.exp(-d * 2 * s),
                lambda d, s: np.exp(-d / 2 * s),
                lambda d, s: np.exp(-d / s),
                lambda d, s: np.exp(-d / s / 2 * s),
                lambda d, s: np.exp(-d / (2 * np.pi * s**2)),
                lambda d, s: np.exp(-((d / (2 * s**2)) ** 2)),
                lambda d, s: np.exp(-((d / s) ** 2) / 2),
                lambda d, s: np.exp(-((d / s) ** 2)),
                lambda d, s: np.exp(-np.sqrt(d) / s),
                lambda d, s: np.exp(-np.sqrt(d) / (2 * s**2)),
                lambda d, s: np.exp(-np.sqrt(d) / (2 * s)),
                lambda d, s: np.exp(-d / (2 * s) ** 2 / 2),
                lambda d, s: np.exp(-d / (2 // max(s**2, 1e-9) or 1)),
                lambda d, s: np.exp(-d - 2 * s**2) + 0 * d,
            )
        )
    ),
    *CENTRE.rarely(
        *(
            _made(_squares, _bell, way)
            for way in (
                lambda n: 1,
                lambda n: 2,
                lambda n: 0.5,
                lambda n: (n - 2) / 2,
                lambda n: (n - 1) / 3,
                lambda n: n / 3,
                lambda n: -(n - 1) / 2,
                lambda n: n,
                lambda n: (n - 1) * 2,
                lambda n: n // 2 - 1,
                lambda n: n // 2 + 1,
                lambda n: n - n // 2,
                lambda n: round(n / 2),
                lambda n: n / 2 - 1,
            )
        )
    ),
    *BASE.rarely(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: 1 - np.exp(-d / (2 * s**2)),
                lambda d, s: np.expm1(-d / (2 * s**2)),
                lambda d, s: 1 / (1 + d / (2 * s**2)),
                lambda d, s: 1 / (1 + d),
                lambda d, s: d / (2 * s**2),
                lambda d, s: -d / (2 * s**2),
                lambda d, s: 2 ** (-d / (2 * s**2)),
                lambda d, s: 10 ** (-d / (2 * s**2)),
                lambda d, s: np.cos(d / (2 * s**2)),
                lambda d, s: np.maximum(1 - d / (2 * s**2), 0),
                lambda d, s: 1 / np.exp(-d / (2 * s**2)),
            )
        )
    ),
    *SCALE.rarely(
        *(
            _made(_squares, _bell, scale=way)
            for way in (
                lambda w: w * w.sum(),
                lambda w: w.sum() / w,
                lambda w: w - w.sum(),
                lambda w: w / w.mean(),
                lambda w: w / w.min(),
                lambda w: w / w.sum() ** 2,
                lambda w: w / np.sqrt(w.sum()),
                lambda w: w / (w.sum() * w.size),
                lambda w: w / w.size**2,
                lambda w: w / len(w) ** 2,
                lambda w: w / w.std() if w.std() else w,
                lambda w: (w - w.min()) / np.ptp(w) if np.ptp(w) else w,
                lambda w: (w - w.mean()) / w.std() if w.std() else w - w.mean(),
                lambda w: w / w.sum() * w.size,
                lambda w: 255 * w / w.sum(),
                lambda w: 2 * w / w.sum(),
                lambda w: w / w[0].sum() / w[:, 0].sum(),
                lambda w: w / w.sum(axis=0) / w.sum(axis=1)[:, None],
                lambda w: w / w.sum(axis=1)[:, None],
                lambda w: w / w.trace(),
                lambda w: w / w[len(w) // 2, len(w) // 2],
                lambda w: w / w[0, 0],
                lambda w: w / len(w),
                lambda w: w.sum() + 0 * w,
            )
        )
    ),
)


# --- Sobel ------------------------------------------------------------------------------------

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


# --- Filters from 0 to 1 ----------------------------------------------------------------------

_FILTER = (0, 1, 2)
_RANGE = "el menor peso de cada filtro debe llegar a 0, y el mayor, a 1: sigue los dos"


def _scaled(id: str, cause: str) -> Named:
    return Named(id, cause, _RANGE, lessons.SHOWING_FILTERS)


TAKEN = _scaled(
    "normalizado-restando-otra-cosa",
    "arriba no restas el mínimo de cada filtro, sino otra cosa, o la sumas",
)
DIVISOR = _scaled(
    "normalizado-entre-otra-cosa",
    "abajo no divides entre max − min de cada filtro, sino entre otra cosa, o multiplicas",
)
BOTH = _scaled(
    "normalizado-con-otra-formula",
    "ni lo que restas arriba ni lo que divides abajo son los del filtro: su mínimo, y max − min",
)
CLIPPED = _scaled(
    "normalizado-recortando",
    "recortas los pesos al intervalo en lugar de llevarlos a él: los de fuera se pierden",
)
Part = Callable[[np.ndarray], Any]


def _per(reduce: Callable[..., Any], axes: tuple[int, ...] = _FILTER) -> Part:
    return lambda k: reduce(k, axis=axes, keepdims=True)


def _low(k: np.ndarray) -> Any:
    return k.min(axis=_FILTER, keepdims=True)


def _range(k: np.ndarray) -> Any:
    return k.max(axis=_FILTER, keepdims=True) - _low(k)


_TAKEN: tuple[Part, ...] = (
    _low,  # the right one
    _per(np.max),
    _per(np.mean),
    _per(np.median),
    lambda k: 0.0,
    lambda k: -_low(k),
    np.min,
    np.mean,
    lambda k: np.abs(k).min(axis=_FILTER, keepdims=True),
    lambda k: k.min(axis=(0, 1), keepdims=True),
    lambda k: k.min(axis=3, keepdims=True),
    _range,
    lambda k: np.abs(k).max(axis=_FILTER, keepdims=True),
)
_DIVISORS: tuple[Part, ...] = (
    _range,  # the right one
    lambda k: k.max(axis=_FILTER, keepdims=True) + _low(k),
    lambda k: -_range(k),
    lambda k: _low(k),
    _per(np.max),
    _per(np.std),
    _per(np.var),
    _per(np.sum),
    lambda k: np.abs(k).max(axis=_FILTER, keepdims=True),
    lambda k: np.abs(k).sum(axis=_FILTER, keepdims=True),
    lambda k: np.sqrt((k**2).sum(axis=_FILTER, keepdims=True)),
    lambda k: np.ptp(k),
    lambda k: np.max(k),
    lambda k: np.std(k),
    lambda k: np.abs(k).max(),
    lambda k: np.ptp(k, axis=(0, 1), keepdims=True),
    lambda k: 1.0,
    lambda k: 255.0,
    lambda k: 2.0,
    lambda k: _range(k) / 2,
    lambda k: 2 * _range(k),
    lambda k: _range(k) + 1,
    lambda k: _range(k) ** 2,
    lambda k: np.sqrt(_range(k)),
    lambda k: k[..., :1].size * 1.0,
    lambda k: 1 / np.where(_range(k) == 0, 1, _range(k)),
)


def _rescaled(taken: Part, divisor: Part, guarded: bool) -> Change:
    """``guarded``: a divisor of 0 is 1, as whoever thinks of a constant filter writes it."""

    def change(_: Any, given: Arguments) -> np.ndarray:
        k = given["kernel"].astype(np.float64)
        with np.errstate(all="ignore"):
            by = np.asarray(divisor(k))
            quotient: np.ndarray = (k - taken(k)) / (np.where(by == 0, 1, by) if guarded else by)
        return quotient

    return after("formula", change)


def _rescalings(several: bool) -> Iterator[tuple[Part, Change]]:
    for taken, divisor in itertools.product(_TAKEN, _DIVISORS):
        if (taken is not _low) + (divisor is not _range) != 1 + several:
            continue
        for guarded in (True, False):
            yield taken, _rescaled(taken, divisor, guarded)


def _of_answer(change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return after("formula", lambda value, given: change(value))


NORMALIZE_FORMULAS: Entries = (
    *CLIPPED.rarely(
        *(
            after("formula", lambda _, given, ends=ends: np.clip(given["kernel"], *ends))  # type: ignore[misc]
            for ends in ((0, 1), (-1, 1), (0, 255))
        ),
        after("formula", lambda _, given: np.maximum(given["kernel"], 0)),
        after("formula", lambda _, given: 1 / (1 + np.exp(-given["kernel"].astype(np.float64)))),
    ),
    *BACKWARDS.rarely(
        _of_answer(np.negative),
        _rescaled(_per(np.max), lambda k: -_range(k), True),
        _rescaled(_per(np.max), lambda k: -_range(k), False),
    ),
    *TAKEN.rarely(*(way for taken, way in _rescalings(False) if taken is not _low)),
    *DIVISOR.rarely(*(way for taken, way in _rescalings(False) if taken is _low)),
    *BOTH.rarely(*(way for _, way in _rescalings(True))),
)
