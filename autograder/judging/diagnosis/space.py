"""Dónde viven las entradas de una comprobación: cómo se sacan, y cuáles son menores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from .changes import Arguments


class Space(Protocol):
    """The inputs of a check."""

    def draw(self, rng: np.random.Generator) -> Arguments:
        """Small arguments of whole numbers, easy to follow by hand."""
        ...

    def smaller(self, arguments: Arguments) -> Iterator[Arguments]:
        """Arguments a step smaller, the largest steps first; nothing for the smallest of all."""
        ...


@dataclass(frozen=True)
class Whole:
    """A whole number from ``low`` to ``high``; it shrinks towards ``low``."""

    low: int
    high: int


@dataclass(frozen=True)
class OneOf:
    """One of several values; it shrinks towards the first."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Array:
    """Whole numbers in an array; ``axes`` names the size of each axis, as in ``"n h w c*groups"``.

    An axis is a size, or a product of sizes and whole-number arguments.
    """

    axes: str
    low: int = -3
    high: int = 5


@dataclass(frozen=True)
class ArgumentSpace:
    """A space given by its arguments, in order, and by the sizes that their axes share.

    ``fits`` says which combinations are valid (a kernel that fits in its image).
    """

    arguments: Mapping[str, Whole | OneOf | Array]
    sizes: Mapping[str, Whole] = field(default_factory=dict)
    fits: Callable[[Arguments], bool] = lambda arguments: True

    def draw(self, rng: np.random.Generator) -> Arguments:
        while True:
            sizes = {name: _drawn(size, rng) for name, size in self.sizes.items()}
            plain = {
                name: _drawn(kind, rng)
                for name, kind in self.arguments.items()
                if not isinstance(kind, Array)
            }
            arguments = {
                name: self._array(kind, sizes, plain, rng)
                if isinstance(kind, Array)
                else plain[name]
                for name, kind in self.arguments.items()
            }
            if self.fits(arguments):
                return arguments

    def _array(
        self, kind: Array, sizes: Mapping[str, int], plain: Arguments, rng: np.random.Generator
    ) -> np.ndarray:
        shape = [
            int(
                np.prod([sizes[part] if part in sizes else plain[part] for part in axis.split("*")])
            )
            for axis in kind.axes.split()
        ]
        return rng.integers(kind.low, kind.high + 1, shape).astype(np.float32)

    def smaller(self, arguments: Arguments) -> Iterator[Arguments]:
        yield from (found for found in self._candidates(arguments) if self.fits(found))

    def _candidates(self, arguments: Arguments) -> Iterator[Arguments]:
        for name, kind in self.arguments.items():
            value = arguments[name]
            if isinstance(kind, OneOf) and value != kind.values[0]:
                # An option that multiplies an axis cannot change alone.
                if not any(name in axis for axis in self._axes()):
                    yield arguments | {name: kind.values[0]}
            elif isinstance(kind, Whole) and value > kind.low:
                yield from (
                    arguments | {name: n} for n in {kind.low, (kind.low + value) // 2, value - 1}
                )
        for size, bounds in self.sizes.items():
            for from_the_end in (True, False):
                yield from self._shorter(arguments, size, bounds, from_the_end)
        for name, kind in self.arguments.items():
            if isinstance(kind, Array):
                yield from _simpler(arguments, name)

    def _axes(self) -> Iterator[str]:
        for kind in self.arguments.values():
            if isinstance(kind, Array):
                yield from kind.axes.split()

    def _shorter(
        self, arguments: Arguments, size: str, bounds: Whole, from_the_end: bool
    ) -> Iterator[Arguments]:
        """One step less of a size, in every array that has it; products lose whole groups."""
        changed = dict(arguments)
        for name, kind in self.arguments.items():
            if not isinstance(kind, Array):
                continue
            for axis, parts in enumerate(part.split("*") for part in kind.axes.split()):
                if size in parts:
                    others = int(np.prod([arguments[p] for p in parts if p != size], initial=1))
                    length = changed[name].shape[axis]
                    if length // others <= bounds.low:
                        return
                    kept = slice(length - others) if from_the_end else slice(others, length)
                    changed[name] = np.take(changed[name], np.arange(length)[kept], axis)
        yield changed


def _drawn(kind: Whole | OneOf | Array, rng: np.random.Generator) -> Any:
    if isinstance(kind, Whole):
        return int(rng.integers(kind.low, kind.high + 1))
    assert isinstance(kind, OneOf)
    return kind.values[int(rng.integers(len(kind.values)))]


def _simpler(arguments: Arguments, name: str) -> Iterator[Arguments]:
    """The same call with simpler numbers in an array: a zero, or a one, in the place of another."""
    array = arguments[name]
    for place in map(tuple, np.argwhere(array != 0)):
        for number in (0, 1):
            if array[place] != number:
                other = array.copy()
                other[place] = number
                yield arguments | {name: other}
