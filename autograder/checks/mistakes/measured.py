"""Salidas que no miden lo que deben: cortadas, con ceros de más, o con la imagen que se repite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .layout import Layout

BADLY_MEASURED = Named(
    "salida-mal-medida",
    "los números que hay son los buenos, pero la salida no mide lo que debe: una fila o columna "
    "por cada sitio donde cabe la ventana",
    "¿en cuántas filas cabe una ventana de 2 en una imagen de 3? Pruébalo en tu fórmula",
    lessons.VALID,
)
ROUND_THE_EDGE = Named(
    "ventana-que-da-la-vuelta",
    "en el borde, la ventana sigue por el otro lado de la imagen o repite su borde, y la salida "
    "mide lo que ella; la ventana tiene que caber entera",
    "¿en cuántos sitios cabe entera una ventana de 2 en una fila de 3?",
    lessons.VALID,
)


def badly_measured(layout: Layout) -> tuple[Misconception, ...]:
    return BADLY_MEASURED.rarely(*_measured(layout))


def round_the_edge(layout: Layout) -> tuple[Misconception, ...]:
    return ROUND_THE_EDGE.rarely(*_round_the_edge(layout))


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
