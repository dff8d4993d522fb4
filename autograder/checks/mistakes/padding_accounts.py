"""Las cuentas de un relleno: con otro total, otro reparto, otros números u otro sitio."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .. import lessons
from ..named import Named
from .padding_rules import Rule

TOTAL = Named(
    "relleno-con-otro-total",
    "el total de ceros de un eje no es el que va: (salida − 1) · s + k − n, y como poco 0",
    "con n = 5, kernel 3 y paso 2, ¿hasta qué píxel llega la última ventana?",
    lessons.SAME,
)
SHARE = Named(
    "relleno-con-otro-reparto",
    "el total de ceros está bien y su reparto no: la mitad antes, y el que sobra, después",
    "con un total de 3, ¿cuántos van arriba y cuántos abajo?",
    lessons.ODD_ZERO,
)
TOTAL_AND_SHARE = Named(
    "relleno-con-otro-total-y-otro-reparto",
    "ni el total de ceros de un eje ni su reparto entre los dos lados son los que van",
    "calcula con lápiz el total de un eje, y después qué va a cada lado",
    lessons.SAME,
)
OTHER_AXIS = Named(
    "relleno-con-los-tamanos-de-otro-eje",
    "el relleno de un eje es el que daría un tamaño, un kernel o un paso de otro",
    "cada eje lleva su propia cuenta: su tamaño, su kernel y su paso",
    lessons.SAME,
)
OTHER_ARGUMENT = Named(
    "relleno-con-un-argumento-por-otro",
    "el relleno de un eje es el que daría un número en el lugar de otro: el tamaño, el kernel y "
    "el paso van cada uno en el suyo",
    "compara la llamada de cada eje con la línea def de la función que llamas",
    lessons.SAME,
)
OTHER_PLACES = Named(
    "ceros-en-otro-lado",
    "los cuatro números del relleno están bien y van en otro lado: los de arriba, abajo, izquierda "
    "y derecha se han mezclado",
    "np.pad recibe un par por eje: (arriba, abajo) y después (izquierda, derecha)",
    lessons.SAME,
)
Total = Callable[[int, int, int], int]  # of a length, a kernel and a stride
Share = Callable[[int], tuple[int, int]]


def _needed(n: int, k: int, s: int) -> int:
    return max((-(-n // s) - 1) * s + k - n, 0)


def _halved(total: int) -> tuple[int, int]:
    return total // 2, total - total // 2


_TOTALS: tuple[Total, ...] = (
    _needed,  # the right one
    lambda n, k, s: k - 1,
    lambda n, k, s: k,
    lambda n, k, s: 2 * (k // 2),
    lambda n, k, s: 2 * ((k - 1) // 2),
    lambda n, k, s: k // 2,
    lambda n, k, s: (k - 1) // 2,
    lambda n, k, s: 2 * (k - 1),
    lambda n, k, s: 2 * k,
    lambda n, k, s: max(k - s, 0),
    lambda n, k, s: max((n // s - 1) * s + k - n, 0),
    lambda n, k, s: max((n // s) * s + k - n, 0),
    lambda n, k, s: max(-(-n // s) * s + k - n, 0),
    lambda n, k, s: max((-(-n // s) - 1) * s + k - n, 0) + 1,
    lambda n, k, s: max((-(-n // s) - 1) * s + k - n - 1, 0),
    lambda n, k, s: abs((-(-n // s) - 1) * s + k - n),
    lambda n, k, s: (n - 1) * s + k - n,
    lambda n, k, s: (k - 1) * s,
    lambda n, k, s: (k - 1) // s,
    lambda n, k, s: max(k - n % s, 0),
    lambda n, k, s: s - 1,
    lambda n, k, s: s,
    lambda n, k, s: 2 * _needed(n, k, s),
    lambda n, k, s: 2,
    lambda n, k, s: 1,
)
_SHARES: tuple[Share, ...] = (
    _halved,  # the right one
    lambda t: (t - t // 2, t // 2),
    lambda t: (t // 2, t // 2),
    lambda t: (-(-t // 2), -(-t // 2)),
    lambda t: (0, t),
    lambda t: (t, 0),
    lambda t: (t, t),
    lambda t: (0, t // 2),
    lambda t: (t // 2, 0),
    lambda t: (min(t, 1), max(t - 1, 0)),
    lambda t: (max(t - 1, 0), min(t, 1)),
)


def _rule(total: Total, share: Share) -> Rule:
    def amounts(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Any:
        axes = zip(x.shape[1:3], size, strides, strict=True)
        return tuple(share(max(total(*axis), 0)) for axis in axes)

    return amounts


due = _rule(_needed, _halved)


def _rules(other_total: bool, other_share: bool) -> Iterator[Rule]:
    for total in _TOTALS[1:] if other_total else _TOTALS[:1]:
        for share in _SHARES[1:] if other_share else _SHARES[:1]:
            yield _rule(total, share)


def _of_other_axes() -> Iterator[Rule]:
    """The length, the kernel or the stride of one axis in the account of the other."""

    def rule(*sources: tuple[int, int, int]) -> Rule:
        def amounts(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Any:
            lengths = x.shape[1:3]
            totals = (_needed(lengths[n], size[k], strides[s]) for n, k, s in sources)
            return tuple(map(_halved, totals))

        return amounts

    own = ((0, 0, 0), (1, 1, 1))
    options = [(n, k, s) for n in (0, 1) for k in (0, 1) for s in (0, 1)]
    for rows in options:
        for columns in options:
            if (rows, columns) != own:
                yield rule(rows, columns)


_ARGUMENTS: tuple[Callable[[int, int, int], tuple[int, int, int]], ...] = (
    lambda n, k, s: (k, n, s),
    lambda n, k, s: (n, s, k),
    lambda n, k, s: (s, k, n),
    lambda n, k, s: (n, k, 1),
    lambda n, k, s: (n, k, 2),
    lambda n, k, s: (n, k, k),
    lambda n, k, s: (n, s, s),
    lambda n, k, s: (k, k, s),
    lambda n, k, s: (s, k, s),
    lambda n, k, s: (n, k, n),
    lambda n, k, s: (n, n, s),
    lambda n, k, s: (n, 3, s),
    lambda n, k, s: (n, k, s + 1),
    lambda n, k, s: (n + 1, k, s),
    lambda n, k, s: (n - 1, k, s),
    lambda n, k, s: (n, k + 1, s),
    lambda n, k, s: (n, k - 1, s),
)


def _other_arguments() -> Iterator[Rule]:
    """Each account with another length, kernel or stride: of both axes, and of each alone."""

    def rule(change: Callable[[int, int, int], tuple[int, int, int]], axes: str) -> Rule:
        def amounts(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Any:
            totals = [
                _needed(*(change(*each) if name in axes else each))
                for name, each in zip(
                    "hw", zip(x.shape[1:3], size, strides, strict=True), strict=True
                )
            ]
            return tuple(map(_halved, totals))

        return amounts

    return (rule(change, axes) for change in _ARGUMENTS for axes in ("hw", "h", "w"))


def amounts_of(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int], axes: Any) -> Any:
    """What each axis needs, were its length that of one of ``axes``."""
    totals = (_needed(x.shape[axis], k, s) for axis, k, s in zip(axes, size, strides, strict=True))
    return tuple(map(_halved, totals))


def _lengths_of(*axes: int) -> Rule:
    return lambda x, size, strides: amounts_of(x, size, strides, axes)


def _kernel_and_stride(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Any:
    return amounts_of(x, strides, size, (1, 2))


def _in_other_places() -> Iterator[Rule]:
    """The four amounts, each in the place of another; those of one axis alone have their name."""

    def rule(order: tuple[int, ...]) -> Rule:
        def amounts(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Any:
            rows, columns = due(x, size, strides)
            top, bottom, left, right = ((*rows, *columns)[place] for place in order)
            return (top, bottom), (left, right)

        return amounts

    return (rule(order) for order in itertools.permutations(range(4)) if order != (0, 1, 2, 3))


def every_rule() -> Iterator[tuple[Named, Rule]]:
    """Each wrong account by the mistake that it is."""
    yield from ((SHARE, rule) for rule in _rules(False, True))
    yield from ((TOTAL, rule) for rule in _rules(True, False))
    yield from ((OTHER_AXIS, rule) for rule in _of_other_axes())
    others = (_lengths_of(0, 1), _lengths_of(2, 3), _lengths_of(0, 2), _lengths_of(1, 3))
    yield from ((OTHER_AXIS, rule) for rule in (*others, _kernel_and_stride))
    yield from ((OTHER_ARGUMENT, rule) for rule in _other_arguments())
    yield from ((OTHER_PLACES, rule) for rule in _in_other_places())
    yield from ((TOTAL_AND_SHARE, rule) for rule in _rules(True, True))
