"""El sesgo olvidado, repetido, de otro filtro o en otro sitio."""

from __future__ import annotations

from collections.abc import Callable
from types import EllipsisType

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named

_ONCE = "¿cuántas veces se suma el sesgo de un filtro en una sola salida?"


def _named(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.FILTERS_AND_BIAS)


FORGOTTEN = _named(
    "sesgo-olvidado", "falta sumar el sesgo (bias)", "con la imagen a cero, ¿qué debe salir?"
)
PER_PRODUCT = _named(
    "sesgo-por-producto",
    "el sesgo se suma una vez por cada producto de la ventana; va una sola vez por salida",
    _ONCE,
)
PER_CHANNEL = _named(
    "sesgo-por-canal",
    "el sesgo se suma una vez por canal de entrada; va una sola vez por salida",
    _ONCE,
)
PER_POSITION = _named(
    "sesgo-por-posicion",
    "el sesgo se suma una vez por posición del kernel; va una sola vez por salida",
    _ONCE,
)
PER_ROW = _named(
    "sesgo-por-fila-del-kernel",
    "el sesgo se suma una vez por fila o por columna del kernel; va una sola vez por salida",
    _ONCE,
)
TWICE = _named("sesgo-doble", "el sesgo se suma dos veces; va una sola vez por salida", _ONCE)
PER_IMAGE = _named(
    "sesgo-por-ejemplo",
    "el sesgo se suma una vez por ejemplo del lote; va una sola vez por salida",
    _ONCE,
)
SUBTRACTED = _named("sesgo-restado", "el sesgo se resta", "con la imagen a cero, ¿qué debe salir?")
MULTIPLIED = _named(
    "sesgo-multiplicado",
    "la salida se multiplica por el sesgo; el sesgo se suma",
    "con la imagen a cero, ¿qué debe salir?",
)
OF_THE_FIRST = _named(
    "sesgo-del-primero",
    "todos los filtros reciben el sesgo del primero",
    "el filtro f tiene su propio sesgo, bias[f]",
)
OF_THE_LAST = _named(
    "sesgo-del-ultimo",
    "todos los filtros reciben el sesgo del último",
    "el filtro f tiene su propio sesgo, bias[f]",
)
REVERSED = _named(
    "sesgos-al-reves",
    "los sesgos están en orden inverso",
    "el filtro f tiene su propio sesgo, bias[f]",
)
ALL_TOGETHER = _named(
    "sesgos-juntos",
    "cada filtro recibe la suma o la media de todos los sesgos, y no solo el suyo",
    "el filtro f tiene su propio sesgo, bias[f]",
)
BY_POSITION = _named(
    "sesgo-de-otro-eje",
    "el sesgo cambia con la fila, la columna, el ejemplo o el canal, y no con el filtro",
    "¿qué índice recorre bias? Tiene un número por filtro",
)
SOMEWHERE = _named(
    "sesgo-en-una-parte",
    "el sesgo se suma solo en una parte de la salida: en un ejemplo, un filtro o un píxel",
    "con la imagen a cero, toda la salida debe valer el sesgo",
)
RECTIFIED = _named(
    "sesgo-sin-signo",
    "los sesgos negativos se cambian o no cuentan",
    "un sesgo puede ser negativo, y se suma igual",
)
IN_THE_IMAGE = _named(
    "sesgo-en-la-imagen",
    "el sesgo cuenta como si se sumara a la imagen antes de multiplicar; va al final, sobre la "
    "salida",
    "el sesgo no pasa por los pesos",
)
IN_THE_KERNEL = _named(
    "sesgo-en-el-kernel",
    "el sesgo cuenta como si se sumara a los pesos antes de multiplicar; va al final, sobre la "
    "salida",
    "con la imagen a cero, ¿qué debe salir?",
)


def _times(count: Callable[[Arguments], float]) -> Change:
    """The bias goes in that many times."""
    return Change("bias", lambda given: given | {"bias": given["bias"] * count(given)})


def _only(mask: Callable[[np.ndarray], None]) -> Change:
    """The bias stays only where ``mask``, which gets ones, does not take it away."""

    def after(out: np.ndarray, given: Arguments) -> np.ndarray:
        kept = np.zeros(out.shape)
        mask(kept)
        return out - given["bias"] * (1 - kept)

    return afterwards(after, "bias")


def _written(*places: tuple[int | slice | EllipsisType, ...]) -> tuple[Change, ...]:
    def one(place: tuple[int | slice | EllipsisType, ...]) -> Change:
        return _only(lambda kept: kept.__setitem__(place, 1))

    return tuple(map(one, places))


def _by_index_of(axis: int, again: bool) -> Change:
    """The bias is taken by the index of another axis of the answer.

    Where there are fewer biases, they begin ``again``; or it stops, as a list does.
    """

    def after(out: np.ndarray, given: Arguments) -> np.ndarray:
        bias = given["bias"].astype(np.float64)
        if out.shape[axis] > len(bias) and not again:
            raise IndexError
        index = np.arange(out.shape[axis]) % len(bias)
        shape = [1] * out.ndim
        shape[axis] = -1
        return out - bias + bias[index].reshape(shape)

    return afterwards(after, "bias")


_ALL = slice(None)


def mistakes() -> tuple[Misconception, ...]:
    """Those of any layer with a bias."""
    into_image = (
        lambda a: a | {"x": a["x"] + a["bias"].mean(), "bias": 0 * a["bias"]},
        lambda a: a | {"x": a["x"] + a["bias"].sum(), "bias": 0 * a["bias"]},
    )
    return (
        *FORGOTTEN.by(_times(lambda a: 0)),
        *PER_PRODUCT.by(_times(lambda a: a["kernel"][..., 0].size)),
        *PER_CHANNEL.by(_times(lambda a: a["kernel"].shape[2])),
        *PER_POSITION.by(_times(lambda a: a["kernel"].shape[0] * a["kernel"].shape[1])),
        *PER_ROW.by(_times(lambda a: a["kernel"].shape[0]), _times(lambda a: a["kernel"].shape[1])),
        *TWICE.by(_times(lambda a: 2)),
        *PER_IMAGE.by(_times(lambda a: len(a["x"]))),
        *SUBTRACTED.by(_times(lambda a: -1)),
        *MULTIPLIED.by(
            afterwards(lambda out, a: (out - a["bias"]) * a["bias"], "bias"),
            afterwards(lambda out, a: (out - a["bias"]) * (1 + a["bias"]), "bias"),
        ),
        *OF_THE_FIRST.by(argument("bias", lambda b: np.repeat(b[:1], len(b)))),
        *OF_THE_LAST.by(argument("bias", lambda b: np.repeat(b[-1:], len(b)))),
        *REVERSED.by(argument("bias", lambda b: b[::-1])),
        *ALL_TOGETHER.by(
            argument("bias", lambda b: np.repeat(b.sum(), len(b))),
            argument("bias", lambda b: np.repeat(b.mean(), len(b))),
        ),
        *BY_POSITION.by(
            *(_by_index_of(axis, again) for again in (True, False) for axis in (0, 1, 2))
        ),
        *SOMEWHERE.by(
            *_written((0,), (-1,), (..., 0), (..., -1), (_ALL, 0, 0), (0, 0, 0), (_ALL, -1, -1)),
            *_written((_ALL, 0), (_ALL, _ALL, 0), (0, 0, 0, 0)),
        ),
        *RECTIFIED.by(argument("bias", np.abs), argument("bias", lambda b: np.maximum(b, 0))),
        *IN_THE_IMAGE.by(*(Change("bias", before) for before in into_image)),
        *IN_THE_KERNEL.by(
            Change("bias", lambda a: a | {"kernel": a["kernel"] + a["bias"], "bias": 0 * a["bias"]})
        ),
    )
