"""Pasos y dilataciones por otro número: topados, de más, doblados, el mayor de los dos…"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change, argument, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import Pair, conv2d, pad, same_amounts

OTHER_STEP = Named(
    "paso-con-otro-valor",
    "las ventanas saltan otro número de píxeles que el que dice strides: siempre el mismo, uno "
    "más o menos, el doble, o uno que mezcla los dos ejes",
    "con paso 3, ¿en qué píxel empieza la segunda ventana? ¿Y la tercera?",
    lessons.STRIDES,
)
OTHER_DILATION = Named(
    "dilatacion-con-otro-valor",
    "los pesos quedan a otra distancia que la que dice dilation_rate: siempre la misma, una más o "
    "menos, el doble, o una que mezcla los dos ejes",
    "con dilatación 3, ¿qué píxeles miran los pesos 0, 1 y 2?",
    lessons.DILATION,
)
MEASURED_AS_STEP = Named(
    "salida-medida-con-la-dilatacion",
    "los números son los buenos y faltan filas o columnas: la salida mide lo que daría la "
    "dilatación como paso, y la dilatación no se salta ventanas",
    "con dilatación 2, la ventana que empieza en el píxel 1 también cuenta",
    lessons.DILATION,
)
Distances = Callable[[int, int], tuple[int, int]]


def _each(change: Callable[[int], int]) -> Distances:
    return lambda down, across: (change(down), change(across))


_DISTANCES: tuple[Distances, ...] = (
    _each(lambda d: min(d, 2)),
    _each(lambda d: d + (d > 1)),
    _each(lambda d: d + 1),
    _each(lambda d: max(d - 1, 1)),
    _each(lambda d: 2 * d),
    _each(lambda d: 2 * d if d > 1 else 1),
    _each(lambda d: d * d),
    _each(lambda d: 2),
    _each(lambda d: 3 if d > 1 else 1),
    _each(lambda d: 2 * d - 1),
    _each(lambda d: max(d // 2, 1)),
    lambda down, across: (max(down, across),) * 2,
    lambda down, across: (min(down, across),) * 2,
    lambda down, across: (down * across,) * 2,
    lambda down, across: (down + across - 1,) * 2,
    lambda down, across: (down + across,) * 2 if max(down, across) > 1 else (1, 1),
    lambda down, across: (down, 2) if across > 1 else (down, 1),
    lambda down, across: (2, across) if down > 1 else (1, across),
    lambda down, across: (1, 1) if down != across else (down, across),
    lambda down, across: (down, across) if down == across else (down, down),
)


def _pairs(name: str, change: Distances) -> Change:
    return argument(name, lambda given: change(*as_pair(given, "")))


def _windows_only(change: Distances) -> Change:
    """The zeros are those of the right strides."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        if padding == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], strides))
        return conv2d(x, kernel, bias, change(*as_pair(strides, "")))

    return computed("strides", wrong)


def _as_far_as(axes: tuple[int, ...]) -> Change:
    """As many outputs as with the dilation for a stride; the windows follow one another."""

    def wrong(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
        out = conv2d(x, kernel, bias, dilation_rate=dilation_rate)
        for axis, d in enumerate(as_pair(dilation_rate, "")):
            if axis in axes:
                out = np.take(out, range((out.shape[1 + axis] - 1) // d + 1), 1 + axis)
        return out

    return computed("dilation_rate", wrong)


def of_strides() -> tuple[Misconception, ...]:
    return OTHER_STEP.rarely(
        *(_pairs("strides", change) for change in _DISTANCES),
        *(_windows_only(change) for change in _DISTANCES),
    )


def of_dilation() -> tuple[Misconception, ...]:
    return (
        *OTHER_DILATION.rarely(*(_pairs("dilation_rate", change) for change in _DISTANCES)),
        *MEASURED_AS_STEP.rarely(*(_as_far_as(axes) for axes in ((0, 1), (0,), (1,)))),
    )
