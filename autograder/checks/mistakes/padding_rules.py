"""Cuántos ceros van a cada lado, y con qué se rellena, según quién se equivoca."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import lessons
from ..named import Named
from ..padding_words import ODD_FIRST, SAME_ROUNDED_DOWN, SYMMETRIC
from ..reference import Amounts, same_amounts

Rule = Callable[[np.ndarray, tuple[int, int], tuple[int, int]], Amounts]
Filled = Callable[[np.ndarray, Amounts], np.ndarray]

_SHARE = "el total de ceros de un eje se reparte entre sus dos lados"


def named(id: str, cause: str, hint: str, section: str = lessons.SAME) -> Named:
    return Named(id, cause, hint, section)


AXES_SWAPPED = named(
    "relleno-con-ejes-cambiados",
    "el relleno de las filas se pone en las columnas, y al revés",
    "el alto del kernel decide cuántas filas se añaden",
)
ONE_SIDE = named(
    "relleno-en-un-lado", "todos los ceros van a un solo lado; se reparten entre los dos", _SHARE
)
ONE_AXIS = named(
    "relleno-en-un-eje",
    "solo rellenas las filas o solo las columnas; van las dos",
    "la ventana también se sale por los otros lados",
)
OF_ONE_AXIS = named(
    "relleno-de-un-eje-para-los-dos",
    "el relleno de un eje sale de la cuenta del otro: de sus ceros, de su tamaño, de su kernel o "
    "de su paso",
    "cada eje lleva su propia cuenta: su tamaño, su kernel y su paso",
)
DOUBLED = named(
    "relleno-doble",
    "salen el doble de ceros o más, como al poner el total en cada lado o rellenar dos veces; el "
    "total se reparte entre los dos",
    _SHARE,
)
FIXED = named(
    "relleno-fijo",
    "se rellenan siempre los mismos píxeles, mida lo que mida el kernel",
    "un kernel de 1×1 no necesita ceros, y uno de 5×5 necesita más que uno de 3×3",
)
ONE_MORE = named(
    "relleno-de-mas", "añades un cero de más en un lado", "la salida debe medir ⌈n / s⌉"
)
EDGE = named(
    "relleno-con-bordes",
    "rellenas con copias del borde; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
REFLECTED = named(
    "relleno-reflejado",
    "rellenas con la imagen reflejada; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
CIRCULAR = named(
    "relleno-circular",
    "rellenas con el otro lado de la imagen; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
OTHER_NUMBER = named(
    "relleno-con-otro-numero",
    "rellenas con un número que no es 0; van ceros",
    "los píxeles añadidos valen 0",
)


def both(value: int) -> tuple[int, int]:
    return value, value


def each(change: Callable[[int, int], tuple[int, int]]) -> Rule:
    """From the zeros that each axis should have, before and after, to those it gets."""
    return lambda x, size, strides: tuple(  # type: ignore[return-value]
        change(*pair) for pair in same_amounts(x, size, strides)
    )


def of_kernel(change: Callable[[int], tuple[int, int]]) -> Rule:
    return lambda x, size, strides: (change(size[0]), change(size[1]))


def _with(change: Callable[[tuple[int, int], tuple[int, int]], Any]) -> Rule:
    """As it should be, of another kernel and other strides."""
    return lambda x, size, strides: same_amounts(x, *change(size, strides))


def _rounded_down(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Amounts:
    def axis(n: int, k: int, s: int) -> tuple[int, int]:
        total = max((n // s - 1) * s + k - n, 0)
        return total // 2, total - total // 2

    rows, columns = (axis(*sizes) for sizes in zip(x.shape[1:3], size, strides, strict=True))
    return rows, columns


RULES: tuple[tuple[Named, tuple[Rule, ...]], ...] = (
    (ODD_FIRST, (each(lambda before, after: (after, before)),)),
    (
        SYMMETRIC,
        (
            of_kernel(lambda k: both(k // 2)),
            of_kernel(lambda k: both((k - 1) // 2)),
            each(lambda before, after: both(before)),
            each(lambda before, after: both(after)),
        ),
    ),
    (AXES_SWAPPED, (lambda x, size, strides: same_amounts(x, size, strides)[::-1],)),
    (
        ONE_SIDE,
        (
            each(lambda before, after: (0, before + after)),
            each(lambda before, after: (before + after, 0)),
            of_kernel(lambda k: (0, k - 1)),
            of_kernel(lambda k: (k - 1, 0)),
            each(lambda before, after: (0, after)),
            each(lambda before, after: (before, 0)),
        ),
    ),
    (
        ONE_AXIS,
        (
            lambda x, size, strides: (same_amounts(x, size, strides)[0], (0, 0)),
            lambda x, size, strides: ((0, 0), same_amounts(x, size, strides)[1]),
        ),
    ),
    (
        OF_ONE_AXIS,
        (
            lambda x, size, strides: (same_amounts(x, size, strides)[0],) * 2,
            lambda x, size, strides: (same_amounts(x, size, strides)[1],) * 2,
            lambda x, size, strides: same_amounts(x[:, :, :1].repeat(x.shape[1], 2), size, strides),
            lambda x, size, strides: same_amounts(x[:, :1].repeat(x.shape[2], 1), size, strides),
            _with(lambda size, strides: (both(size[0]), strides)),
            _with(lambda size, strides: (both(size[1]), strides)),
            _with(lambda size, strides: (size, both(strides[0]))),
            _with(lambda size, strides: (size, both(strides[1]))),
            _with(lambda size, strides: (both(size[0]), both(strides[0]))),
        ),
    ),
    (
        DOUBLED,
        (
            each(lambda before, after: both(before + after)),
            of_kernel(lambda k: both(k - 1)),
            each(lambda before, after: (2 * before, 2 * after)),
            of_kernel(both),
        ),
    ),
    (FIXED, (of_kernel(lambda k: (1, 1)), of_kernel(lambda k: (2, 2)))),
    (
        ONE_MORE,
        (
            each(lambda before, after: (before, after + 1)),
            each(lambda before, after: (before + 1, after)),
        ),
    ),
    (SAME_ROUNDED_DOWN, (_rounded_down,)),
)


def _constant(value: Callable[[np.ndarray], float]) -> Filled:
    return lambda x, amounts: np.pad(
        x.astype(np.float64), ((0, 0), *amounts, (0, 0)), constant_values=value(x)
    )


def _mode(name: Any) -> Filled:
    return lambda x, amounts: np.pad(x, ((0, 0), *amounts, (0, 0)), mode=name)


FILLINGS: tuple[tuple[Named, tuple[Filled, ...]], ...] = (
    (EDGE, (_mode("edge"),)),
    (REFLECTED, (_mode("reflect"), _mode("symmetric"))),
    (CIRCULAR, (_mode("wrap"),)),
    (
        OTHER_NUMBER,
        (
            *(
                _constant(value)
                for value in (
                    lambda x: 1,
                    np.mean,
                    np.max,
                    np.min,
                    lambda x: -1,
                    lambda x: 255,
                    lambda x: np.nan,
                    lambda x: -np.inf,
                )
            ),
            *map(_mode, ("mean", "maximum", "minimum", "median", "linear_ramp")),
        ),
    ),
)
