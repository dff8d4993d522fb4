"""Ventanas centradas en un píxel: solo las de lado impar tienen centro."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, answer
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .layout import Layout

ODD_KERNELS = Named(
    "solo-kernels-impares",
    "solo funciona con kernels de lado impar, como al tomar lo mismo a cada lado de un píxel "
    "central: un kernel par no tiene centro",
    "prueba con un kernel de 2×2: ¿cuántas filas tiene tu ventana, y cuántas el kernel?",
    lessons.WINDOW,
)


def _stopping(layout: Layout, error: type[Exception]) -> Change:
    """It stops at the first window, if there is one."""

    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **options: Any) -> np.ndarray:
        if all(side % 2 for side in kernel.shape[:2]):
            return conv2d(x, kernel, bias, **options)
        pairs = zip(x.shape[1:3], kernel.shape[:2], strict=True)
        rows, columns = (max(n - 2 * (k // 2), 0) for n, k in pairs)
        if rows and columns:
            raise error
        return np.zeros((len(x), rows, columns, kernel.shape[3]))

    return layout.computed("tamano", wrong)


def _listed(change: Change) -> Change:
    """The same, with its rows gathered in a list: without any there are no columns."""
    return change.then(answer(lambda out: out if len(out) else np.zeros(0)))


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    ways = [_stopping(layout, error) for error in (ValueError, IndexError)]
    return ODD_KERNELS.by(*ways, *(map(_listed, ways) if not layout.layer else ()))
