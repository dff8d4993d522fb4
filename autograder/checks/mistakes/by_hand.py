"""Un tamaño escrito a mano: un kernel que se toma siempre por uno de 3×3, o tres canales."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .grid import Index, indexed
from .layout import Layout

BY_HAND = Named(
    "tamano-escrito-a-mano",
    "un tamaño cuenta siempre lo mismo, como escrito a mano (un kernel de 3 × 3, tres canales); "
    "está en la forma de lo que llega",
    "prueba con un kernel y una imagen de otros tamaños",
    lessons.WINDOW,
)
_SIZES = {"u": "kh", "v": "kw", "c": "C"}


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    """Those with a window of 3×3 come first to mind; the rest are looked for where nothing fits."""
    usual = (layout.computed("tamano", way) for way in (_cut_to_three, _spread_to_three, _looped))
    return (*BY_HAND.by(*usual), *BY_HAND.rarely(*_loops(layout)))


def _cut_to_three(kernel: np.ndarray, **a: Any) -> np.ndarray:
    """Windows and loops of 3×3, whatever the kernel: where it is smaller, an index is too large."""
    _three_there(kernel)
    return _of_three(kernel[:3, :3], **a)


def _spread_to_three(kernel: np.ndarray, **a: Any) -> np.ndarray:
    """Windows of 3×3 times the whole kernel: NumPy repeats a single line, and refuses the rest."""
    return _of_three(np.broadcast_to(kernel, (3, 3, *kernel.shape[2:])), **a)


def _of_three(kernel: np.ndarray, x: np.ndarray, **a: Any) -> np.ndarray:
    """In an image of two rows or columns no window fits, and nothing is answered."""
    count, height, width, _ = x.shape
    if min(height, width) == 2 and a.get("padding", "valid") == "valid":
        return np.zeros((count, height - 2, width - 2, kernel.shape[3]))
    return conv2d(x, kernel, **a)


def _looped(kernel: np.ndarray, **a: Any) -> np.ndarray:
    """Loops of three turns, in an answer of the right size."""
    _three_there(kernel)
    counted = np.zeros_like(kernel)
    counted[:3, :3] = kernel[:3, :3]
    return conv2d(kernel=counted, **a)


def _three_there(kernel: np.ndarray) -> None:
    if min(kernel.shape[:2]) < 3:
        raise IndexError


def _loops(layout: Layout) -> Iterator[Change]:
    """Loops over the kernel that always make so many turns."""
    for turns in (2, 3, 5):
        for variables in ("uv", "u", "v", *(["c"] if layout.deep else [])):
            yield indexed(layout, {"weight": _so_many(variables, turns)})


def _so_many(variables: str, turns: int) -> Index:
    def reached(a: object) -> np.ndarray:
        if any(getattr(a, _SIZES[each]) < turns for each in variables):
            raise IndexError
        inside = [getattr(a, each) < turns for each in variables]
        seen: np.ndarray = inside[0] * inside[-1] * 1.0
        return seen

    return reached
