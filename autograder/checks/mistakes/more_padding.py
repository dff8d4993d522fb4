"""Quien rellena con otra cuenta, dos veces o en otros ejes: al rellenar, y en una capa."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import Pair, conv2d, pad
from .padding_accounts import TOTAL_AND_SHARE, amounts_of, due, every_rule
from .padding_rules import Rule

AGAIN = Named(
    "relleno-puesto-dos-veces",
    "la imagen se rellena dos veces: los ceros que ya tiene se rodean de más ceros",
    "¿cuántas veces se ejecuta la línea que rellena?",
    lessons.SAME,
)
ELSEWHERE = Named(
    "relleno-en-ejes-equivocados",
    "el relleno va en otros ejes: las filas son el eje 1 y las columnas, el 2",
    "np.pad recibe un par por eje, en el orden (N, alto, ancho, canales)",
    lessons.NHWC,
)
EXTRA = Named(
    "ejes-que-crecen",
    "el lote o los canales crecen, y solo crecen el alto y el ancho",
    "np.pad recibe un par por eje, en el orden (N, alto, ancho, canales)",
    lessons.NHWC,
)

LAST_AXES = Named(
    "relleno-en-los-dos-ultimos-ejes",
    "crecen los dos últimos ejes, como si la forma fuera (N, canales, alto, ancho); aquí es (N, "
    "alto, ancho, canales)",
    "¿qué es cada eje de x.shape?",
    lessons.NHWC,
)


def _last_axes(own: bool) -> Callable[..., np.ndarray]:
    def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
        axes = (2, 3) if own else (1, 2)
        rows, columns = amounts_of(x, as_pair(kernel_size, ""), as_pair(strides, ""), axes)
        return np.pad(x, ((0, 0), (0, 0), rows, columns))

    return wrong


def _padded_at(x: np.ndarray, rows_at: int, columns_at: int, size: Any, strides: Any) -> np.ndarray:
    rows, columns = amounts_of(x, as_pair(size, ""), as_pair(strides, ""), (1, 2))
    widths = [(0, 0)] * 4
    widths[rows_at], widths[columns_at] = rows, columns
    return np.pad(x, widths)


OTHER_AXES_THAN_IMAGE = [
    at for at in itertools.permutations(range(4), 2) if at not in ((1, 2), (2, 1))
]


def _fills_elsewhere() -> Iterator[Change]:
    def at(rows: int, columns: int) -> Change:
        def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
            return _padded_at(x, rows, columns, kernel_size, strides)

        return computed("relleno", wrong)

    def of_lengths(rows: int, columns: int) -> Change:
        """Each axis that is padded is also the one that is measured."""

        def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
            amounts = amounts_of(x, as_pair(kernel_size, ""), as_pair(strides, ""), (rows, columns))
            widths = [(0, 0)] * 4
            widths[rows], widths[columns] = amounts
            return np.pad(x, widths)

        return computed("relleno", wrong)

    for rows, columns in OTHER_AXES_THAN_IMAGE:
        yield at(rows, columns)
        yield of_lengths(rows, columns)


def fill_mistakes() -> tuple[Misconception, ...]:
    """Those of ``rellenar``."""

    def way(rule: Rule) -> Change:
        def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
            return pad(x, rule(x, as_pair(kernel_size, ""), as_pair(strides, "")))

        return computed("relleno", wrong)

    def again(measured: bool) -> Change:
        def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
            size, steps = as_pair(kernel_size, ""), as_pair(strides, "")
            once = pad(x, due(x, size, steps))
            return pad(once, due(once if measured else x, size, steps))

        return computed("relleno", wrong)

    def grown(*widths: tuple[int, int]) -> Change:
        def after(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
            amounts = due(x, as_pair(kernel_size, ""), as_pair(strides, ""))
            return np.pad(x, (widths[0], *amounts, widths[1]))

        return computed("relleno", after)

    return (
        *(entry for named, rule in every_rule() for entry in named.rarely(way(rule))),
        *EXTRA.rarely(
            *(grown(*both) for both in (((1, 0), (0, 0)), ((0, 1), (0, 0)), ((0, 0), (1, 0)))),
            *(grown(*both) for both in (((0, 0), (0, 1)), ((1, 1), (0, 0)), ((0, 0), (1, 1)))),
            grown((1, 1), (1, 1)),
        ),
        *AGAIN.rarely(again(False), again(True)),
        *LAST_AXES.rarely(*(computed("relleno", _last_axes(own)) for own in (True, False))),
        *ELSEWHERE.rarely(*_fills_elsewhere()),
    )


def layer_mistakes() -> tuple[Misconception, ...]:
    """Those of a layer that pads where it is told ``same``: of whatever size, or of the due one."""

    def way(rule: Rule, cropped: bool) -> Change:
        def wrong(
            x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
        ) -> np.ndarray:
            if padding != "same":
                return conv2d(x, kernel, bias, strides)
            pairs = as_pair(strides, "")
            out = conv2d(pad(x, rule(x, kernel.shape[:2], pairs)), kernel, bias, strides)
            if not cropped:
                return out
            height, width = (-(-n // s) for n, s in zip(x.shape[1:3], pairs, strict=True))
            if out.shape[1] < height or out.shape[2] < width:
                raise ValueError
            return out[:, :height, :width]

        return computed("padding", wrong)

    return tuple(
        entry
        for named, rule in every_rule()
        if named is not TOTAL_AND_SHARE
        for cropped in (False, True)
        for entry in named.rarely(way(rule, cropped))
    )
