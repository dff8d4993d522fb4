"""Cuándo acierta y cuándo falla: lo que tienen en común las llamadas en que está bien."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .changes import Arguments

LEAST = 3  # calls on each side before a condition is said
LEAST_OF_A_TENDENCY = 6  # before one that leaves some calls unexplained
_BY_CHANCE = 0.003  # how likely all may be right on one side of a condition that decides nothing

_OTHER_WORD = {"valid": "same", "same": "valid", "x": "y", "y": "x"}

Holds = Callable[[Arguments], bool | None]


@dataclass(frozen=True)
class Condition:
    """Something that a call may have: how it is said, and what its contrary is."""

    words: str
    contrary: str
    holds: Holds


def conditions(example: Arguments) -> list[Condition]:
    """Those that can be asked of calls with such arguments."""
    return [*_of_arrays(example), *_of_options(example)]


def _axis(name: str, axis: int, wanted: Callable[[int], bool]) -> Holds:
    def holds(arguments: Arguments) -> bool | None:
        value = arguments.get(name)
        if not isinstance(value, np.ndarray) or value.ndim <= axis:
            return None
        return wanted(value.shape[axis])

    return holds


def _square(name: str, axis: int) -> Holds:
    def holds(arguments: Arguments) -> bool:
        shape = arguments[name].shape
        return bool(shape[axis] == shape[axis + 1])

    return holds


def _numbers(name: str, wanted: Callable[[np.ndarray], bool]) -> Holds:
    def holds(arguments: Arguments) -> bool | None:
        value = arguments.get(name)
        return bool(wanted(value)) if isinstance(value, np.ndarray) and value.size else None

    return holds


def _without_decimals(array: np.ndarray) -> bool:
    return not (array % 1).any()


def _without_negatives(array: np.ndarray) -> bool:
    return not (array < 0).any()


def _one(size: int) -> bool:
    return size == 1


def _odd(size: int) -> bool:
    return size % 2 == 1


def _of_arrays(example: Arguments) -> Iterator[Condition]:
    for name, value in example.items():
        if not isinstance(value, np.ndarray) or value.ndim < 2:
            continue
        kernel = name == "kernel"
        first = 1 if value.ndim == 4 and not kernel else 0
        what = "kernels" if kernel else "imágenes"
        square = "cuadrados" if kernel else "cuadradas"
        yield Condition(f"{what} {square}", f"{what} que no lo son", _square(name, first))
        if kernel:
            yield Condition("kernels de alto impar", "kernels de alto par", _axis(name, 0, _odd))
            yield Condition("kernels de ancho impar", "kernels de ancho par", _axis(name, 1, _odd))
            yield Condition("una sola fila de pesos", "varias filas de pesos", _axis(name, 0, _one))
            yield Condition(
                "una sola columna de pesos", "varias columnas de pesos", _axis(name, 1, _one)
            )
            yield Condition(
                "pesos sin decimales", "pesos con decimales", _numbers(name, _without_decimals)
            )
            yield Condition(
                "pesos sin negativos", "pesos negativos", _numbers(name, _without_negatives)
            )
        else:
            yield Condition(
                "imágenes de bytes (uint8)",
                "imágenes de otro tipo",
                _numbers(name, lambda array: array.dtype == np.uint8),
            )
        if value.ndim >= 3:
            channels = value.ndim - 1 if not kernel or value.ndim == 3 else 2
            if not kernel:
                yield Condition("un solo canal", "varios canales", _axis(name, channels, _one))
        if value.ndim == 4 and kernel:
            yield Condition("un solo filtro", "varios filtros", _axis(name, 3, _one))
        if value.ndim == 4 and not kernel:
            yield Condition("una sola imagen", "varias imágenes", _axis(name, 0, _one))


def _of_options(example: Arguments) -> Iterator[Condition]:
    for name, value in example.items():
        if isinstance(value, np.ndarray) or value is None:
            continue
        if isinstance(value, str):
            for word in _OTHER_WORD:
                said, other = f'{name}="{word}"', f'{name}="{_OTHER_WORD[word]}"'
                yield Condition(said, other, _equals(name, word))
        elif isinstance(value, bool):
            yield Condition(f"{name}=True", f"{name}=False", _equals(name, True))
        elif isinstance(value, (int, tuple)):
            yield Condition(f"{name}=1", f"{name} mayor que 1", _equals(name, 1))
            yield Condition(
                f"{name} igual en los dos ejes",
                f"{name} distinto en cada eje",
                lambda given, name=name: _even(given[name]),  # type: ignore[misc]
            )
            yield Condition(f"{name} impar", f"{name} par", _whole(name, _odd))


def _equals(name: str, wanted: Any) -> Holds:
    def holds(arguments: Arguments) -> bool:
        value = arguments[name]
        return bool(value == wanted or value == (wanted, wanted))

    return holds


def _whole(name: str, wanted: Callable[[int], bool]) -> Holds:
    def holds(arguments: Arguments) -> bool | None:
        value = arguments[name]
        return wanted(value) if type(value) is int else None

    return holds


def _even(value: Any) -> bool | None:
    return value[0] == value[1] if isinstance(value, tuple) and len(value) == 2 else True


Outcome = tuple[Arguments, bool]  # a call, and whether it was right


def told(outcomes: Sequence[Outcome], condition: Condition) -> str | None:
    """What a condition says of right and wrong calls, where it says something."""
    known = [
        (holds, right) for given, right in outcomes if (holds := condition.holds(given)) in (0, 1)
    ]
    with_it = [right for holds, right in known if holds]
    without = [right for holds, right in known if not holds]
    if min(len(with_it), len(without)) < LEAST:
        return None
    if all(with_it) and not any(without):
        return f"acierta con {condition.words} y falla con {condition.contrary}"
    if all(without) and not any(with_it):
        return f"acierta con {condition.contrary} y falla con {condition.words}"
    if min(len(with_it), len(without)) < LEAST_OF_A_TENDENCY:
        return None
    if all(with_it) and without.count(False) >= LEAST and _no_chance(len(with_it), without):
        return f"acierta siempre con {condition.words}; con {condition.contrary}, no siempre"
    if all(without) and with_it.count(False) >= LEAST and _no_chance(len(without), with_it):
        return f"acierta siempre con {condition.contrary}; con {condition.words}, no siempre"
    return None


def _no_chance(right: int, others: Sequence[bool]) -> bool:
    """Whether so many right answers are no luck of a function that fails as it does elsewhere."""
    return (others.count(True) / len(others)) ** right < _BY_CHANCE
