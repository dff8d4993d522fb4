"""Índices de lo aplanado: la fila por otro número que el ancho, o el orden de las columnas."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .grid import Index, indexed
from .kernel import SHUFFLED
from .layout import Layout

FLAT = Named(
    "indice-plano-mal-calculado",
    "sale como si al aplanar la imagen, el kernel o la salida se saltara de fila con otro número "
    "que el ancho; aplanado, el número (i, j) está en i · ancho + j",
    "numera del 0 al 5 una matriz de 2×3, por filas: ¿qué lugar le toca al (1, 0)?",
    lessons.WINDOW,
)
Width = Callable[[Any], Any]  # of the sizes, what a row is multiplied by
_IN_IMAGE: tuple[Width, ...] = (
    lambda a: a.H,
    lambda a: a.J,
    lambda a: a.I,
    lambda a: a.kw,
    lambda a: a.W - 1,
    lambda a: a.W + 1,
)
_IN_KERNEL: tuple[Width, ...] = (lambda a: a.kh, lambda a: a.kw - 1, lambda a: a.kw + 1)
_IN_ANSWER: tuple[Callable[[int, int, tuple[int, ...]], int], ...] = (
    lambda height, width, image: height,
    lambda height, width, image: image[1],
    lambda height, width, image: image[0],
    lambda height, width, image: width - 1,
)


def _image(width: Width, by_columns: bool) -> dict[str, Index]:
    """Row and column of the pixel that is read at the wrong flat index."""

    def at(a: Any) -> Any:
        row, column = a.i * a.sh + a.u * a.dh, a.j * a.sw + a.v * a.dw
        return column * width(a) + row if by_columns else row * width(a) + column

    return {"row": lambda a: at(a) // a.W, "column": lambda a: at(a) % a.W}


def _kernel(width: Width, by_columns: bool) -> dict[str, Index]:
    def at(a: Any) -> Any:
        return a.v * width(a) + a.u if by_columns else a.u * width(a) + a.v

    return {"up": lambda a: at(a) // a.kw, "across": lambda a: at(a) % a.kw}


def _answer(layout: Layout, width: Callable[..., int], by_columns: bool) -> Change:
    """What is written at the wrong flat index of each map; past its end there is no place."""

    def change(out: np.ndarray, image: tuple[int, ...]) -> np.ndarray:
        height, columns = out.shape[layout.rows], out.shape[layout.columns]
        by = width(height, columns, image)
        moved = np.moveaxis(out, (layout.rows, layout.columns), (0, 1))
        flat = np.zeros((height * columns, *moved.shape[2:]))
        for i, j in np.ndindex(height, columns):
            flat[j * by + i if by_columns else i * by + j] = moved[i, j]
        whole = flat.reshape(moved.shape)
        return np.moveaxis(whole, (0, 1), (layout.rows, layout.columns))

    def after(out: np.ndarray, a: Any) -> np.ndarray:
        shape = a[layout.image].shape[layout.first : layout.first + 2]
        bias = layout.bias(a)
        return change(out - bias, shape) + bias

    return Change("salida", after=after)


def _orders(layout: Layout) -> Iterator[Change]:
    """The window flattened in an order of its axes, and the weights in another."""
    axes = range(3 if layout.deep else 2)
    rest = tuple(range(3, 4 if layout.layer else 3))
    plain = tuple(axes)

    def met(of_window: tuple[int, ...], of_kernel: tuple[int, ...]) -> Change:
        def change(kernel: np.ndarray) -> np.ndarray:
            in_a_row = kernel.transpose(*of_kernel, *rest)
            shape = [kernel.shape[axis] for axis in (*of_window, *rest)]
            return in_a_row.reshape(shape).transpose(np.argsort((*of_window, *rest)))

        return argument("kernel", change)

    orders = list(itertools.permutations(plain))
    for of_window, of_kernel in itertools.product(orders, orders):
        if of_window != of_kernel:
            yield met(of_window, of_kernel)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    ways = [
        *(_image(width, False) for width in _IN_IMAGE),
        *(_image(width, True) for width in (lambda a: a.H, lambda a: a.W)),
        *(_kernel(width, False) for width in _IN_KERNEL),
        *(_kernel(width, True) for width in (lambda a: a.kh, lambda a: a.kw)),
    ]
    return (
        *(SHUFFLED.rarely(*_orders(layout)) if layout.deep else ()),
        *FLAT.rarely(
            *(indexed(layout, way) for way in ways),
            *(_answer(layout, width, False) for width in _IN_ANSWER),
            *(_answer(layout, width, True) for width in _IN_ANSWER),
        ),
    )
