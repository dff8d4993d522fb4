"""El lote y los filtros: solo uno, repetidos, mezclados, o con los ejes en otro sitio."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import EllipsisType
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named

Answer = Callable[[np.ndarray], np.ndarray]
_EACH_IMAGE = "cada imagen del lote tiene su propia salida, en su mismo lugar"
_EACH_FILTER = "cada filtro da su propio mapa, y los mapas van en el último eje"


def _of_batch(id: str, cause: str) -> Named:
    return Named(id, cause, _EACH_IMAGE, lessons.BATCH)


def _of_filters(id: str, cause: str) -> Named:
    return Named(id, cause, _EACH_FILTER, lessons.FILTERS_AND_BIAS)


REPEATED = _of_batch(
    "lote-repetido", "todos los ejemplos del lote reciben el resultado del primero"
)
LAST_REPEATED = _of_batch(
    "lote-con-el-ultimo", "todos los ejemplos del lote reciben el resultado del último"
)
ONLY_FIRST = _of_batch(
    "solo-el-primer-ejemplo", "solo se calcula el primer ejemplo del lote; van todos"
)
ONLY_LAST = _of_batch("solo-el-ultimo-ejemplo", "solo queda el último ejemplo del lote; van todos")
REVERSED = _of_batch("lote-al-reves", "los ejemplos del lote salen en otro orden")
JOINED = _of_batch(
    "lote-promediado",
    "los ejemplos del lote se juntan, como al sumarlos, promediarlos o quedarse con el mayor; cada "
    "uno va por su lado",
)
FILTER_REPEATED = _of_filters(
    "filtro-repetido", "todos los filtros calculan lo mismo que el primero"
)
LAST_FILTER_REPEATED = _of_filters(
    "ultimo-filtro-repetido", "todos los filtros calculan lo mismo que el último"
)
ONLY_FIRST_FILTER = _of_filters(
    "solo-el-primer-filtro-calculado", "solo se calcula el primer filtro; van todos"
)
ONLY_LAST_FILTER = _of_filters("solo-el-ultimo-filtro", "solo queda el último filtro; van todos")
FILTERS_REVERSED = _of_filters(
    "filtros-en-otro-orden", "los filtros salen en otro orden: el mapa f es el del filtro f"
)
FILTERS_JOINED = _of_filters(
    "filtros-sumados",
    "los mapas de los filtros se juntan, como al sumarlos, promediarlos o quedarse con el mayor; "
    "cada uno va por su lado",
)
CHANNELS_FIRST = Named(
    "canales-delante",
    "los mapas van en el eje 1 (NCHW); aquí van en el último (NHWC)",
    "la forma de la salida es (N, alto, ancho, filtros)",
    lessons.NHWC,
)
AXES_MIXED = Named(
    "ejes-en-otro-orden",
    "los ejes de la salida están en otro orden; van (N, alto, ancho, filtros)",
    "escribe la forma de tu salida junto a la que toca, y busca cada eje",
    lessons.NHWC,
)
RESHAPED = Named(
    "reshape-por-transpose",
    "los valores llegan barajados, como al usar reshape por transpose: reshape no mueve ejes, "
    "solo vuelve a cortar los números en fila",
    "para llevar un eje a otro sitio está transpose",
    lessons.NHWC,
)
AXES_LOST = Named(
    "ejes-de-uno-perdidos",
    "falta un eje de tamaño 1; la salida tiene siempre los mismos ejes",
    "prueba con una sola imagen, con un solo filtro y con una salida de una sola fila",
    lessons.NHWC,
)


def _kept(place: tuple[int | slice | EllipsisType, ...]) -> Change:
    """The rest of the answer stays at zero."""

    def change(out: np.ndarray) -> np.ndarray:
        kept = np.zeros_like(out)
        kept[place] = out[place]
        return kept

    return answer(change)


def _all_from(axis: int, index: int) -> Change:
    return answer(lambda out: np.repeat(np.take(out, [index], axis), out.shape[axis], axis))


def _joined(axis: int, join: Callable[..., np.ndarray]) -> tuple[Change, ...]:
    """Summed or averaged: with its axis, without it, or the same for all."""
    return (
        answer(lambda out: join(out, axis=axis, keepdims=True)),
        answer(lambda out: join(out, axis=axis)),
        answer(lambda out: np.repeat(join(out, axis=axis, keepdims=True), out.shape[axis], axis)),
    )


def _only_filter(index: int) -> tuple[Change, ...]:
    return (
        _kept((..., index)),
        afterwards(lambda out, a: out * 0 + a["bias"] + _masked(out - a["bias"], index)),
        answer(lambda out: np.take(out, [index], -1)),
        answer(lambda out: out[..., index]),
    )


def _masked(out: np.ndarray, index: int) -> np.ndarray:
    return out * (np.arange(out.shape[-1]) == index % out.shape[-1])


def _only_image(index: int) -> tuple[Change, ...]:
    return (
        _kept((index,)),
        answer(lambda out: np.take(out, [index], 0)),
        answer(lambda out: out[index]),
    )


def _reshaped(order: tuple[int, ...]) -> Change:
    return answer(lambda out: out.transpose(order).reshape(out.shape))


def _reshaped_before_bias(order: tuple[int, ...]) -> Change:
    def after(out: np.ndarray, a: Arguments) -> np.ndarray:
        bias = a["bias"].astype(np.float64)
        return (out - bias).transpose(order).reshape(out.shape) + bias

    return afterwards(after)


def _added_up(out: np.ndarray, a: dict[str, Any]) -> np.ndarray:
    """Every example gets what all of them add up to, and the bias once."""
    total = (out - a["bias"]).sum(axis=0, keepdims=True) + a["bias"]
    return np.repeat(total, len(out), axis=0)


def _joined_without_bias(axis: int) -> tuple[Change, ...]:
    """The sums of products along an axis, the same for all, and then each with its own bias."""

    def joined(join: Callable[..., np.ndarray]) -> Change:
        def after(out: np.ndarray, a: Arguments) -> np.ndarray:
            bias = a["bias"].astype(np.float64)
            whole = join(out - bias, axis=axis, keepdims=True)
            return np.repeat(whole, out.shape[axis], axis) + bias

        return afterwards(after, "batch")

    return tuple(joined(join) for join in (np.sum, np.mean, np.max))


def mistakes(one_filter: bool = True) -> tuple[Misconception, ...]:
    """Those of any layer; ``one_filter`` where it may be asked for a single filter."""
    orders = ((0, 3, 1, 2), (0, 2, 1, 3), (3, 0, 1, 2), (1, 2, 0, 3), (1, 2, 3, 0), (0, 2, 3, 1))
    axes = ((1, 2, 0, 3), (3, 0, 1, 2), (3, 2, 1, 0), (0, 3, 2, 1), (1, 2, 3, 0), (2, 1, 0, 3))
    return (
        *REPEATED.by(_all_from(0, 0)),
        *LAST_REPEATED.by(_all_from(0, -1)),
        *ONLY_FIRST.by(*_only_image(0)),
        *ONLY_LAST.by(*_only_image(-1)),
        *REVERSED.by(
            answer(lambda out: out[::-1]),
            answer(lambda out: np.roll(out, 1, 0)),
            answer(lambda out: np.roll(out, -1, 0)),
        ),
        *JOINED.by(*_joined(0, np.mean), *_joined(0, np.sum), afterwards(_added_up)),
        *JOINED.rarely(*_joined_without_bias(0)),
        *FILTERS_JOINED.rarely(*_joined_without_bias(3)),
        *FILTER_REPEATED.by(
            argument("kernel", lambda k: np.repeat(k[..., :1], k.shape[-1], -1)), _all_from(3, 0)
        ),
        *LAST_FILTER_REPEATED.by(
            argument("kernel", lambda k: np.repeat(k[..., -1:], k.shape[-1], -1)), _all_from(3, -1)
        ),
        *ONLY_FIRST_FILTER.by(*_only_filter(0)),
        *ONLY_LAST_FILTER.by(*_only_filter(-1)),
        *FILTERS_REVERSED.by(
            argument("kernel", lambda k: k[..., ::-1]),
            answer(lambda out: out[..., ::-1]),
            argument("kernel", lambda k: np.roll(k, 1, -1)),
            argument("kernel", lambda k: np.roll(k, -1, -1)),
        ),
        *FILTERS_JOINED.by(*_joined(3, np.sum), *_joined(3, np.mean)),
        *CHANNELS_FIRST.by(answer(lambda out: np.moveaxis(out, 3, 1))),
        *AXES_MIXED.by(*(answer(partial(np.transpose, axes=order)) for order in axes)),
        *RESHAPED.by(*map(_reshaped, orders)),
        *RESHAPED.rarely(*(_reshaped_before_bias(order) for order in orders)),
        *AXES_LOST.by(
            answer(np.squeeze),
            answer(lambda out: out[0] if len(out) == 1 else out),
            *([answer(lambda out: out[..., 0] if out.shape[-1] == 1 else out)] * one_filter),
        ),
    )
