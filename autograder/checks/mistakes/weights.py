"""Pesos del kernel que cuentan de más o de menos, uno a uno o canal a canal."""

from __future__ import annotations

import numpy as np

from ...judging.diagnosis.changes import Change, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout

UNEVEN_WEIGHTS = Named(
    "pesos-contados-de-mas-o-de-menos",
    "una parte del kernel cuenta dos veces, o se salta; cada peso cuenta una vez",
    "¿en qué números empieza y acaba cada range, y de cuánto en cuánto avanza?",
    lessons.WINDOW,
)
WEIGHTED = Named(
    "canales-con-otro-peso",
    "los canales salen juntados con otros pesos, como los que dan el gris de una foto; los "
    "únicos pesos son los del kernel",
    "cada canal de la imagen se multiplica por el suyo del kernel, y todo se suma",
    lessons.CHANNELS,
)
_LUMINANCE = np.array([0.299, 0.587, 0.114])


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


def uneven(layout: Layout) -> tuple[Misconception, ...]:
    axes = [0, 1, *([2] * layout.deep)]
    return UNEVEN_WEIGHTS.rarely(
        *(_counted(axis, way) for axis in axes for way in range(_WAYS)),
        argument("kernel", _first_twice),
    )


def of_channels() -> tuple[Misconception, ...]:
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
