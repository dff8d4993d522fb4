"""Llamadas que esconden errores: con sesgo cero el del sesgo no se ve, y el otro se ve solo."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .changes import Arguments
from .exercise import Exercise
from .questions import drawn
from .space import Space

_DRAWN = 32


def hiding_calls(
    exercise: Exercise, space: Space, base: Arguments, rng: np.random.Generator
) -> Iterator[Arguments]:
    """Calls like ``base`` on which whole kinds of mistakes answer as the right function does."""
    calls = sorted((drawn(exercise, space, rng) for _ in range(_DRAWN)), key=_breadth)
    # A single window shows nothing of where things go; a kernel of one weight, nothing of windows.
    single, wide = calls[0], calls[-1]
    yield _plain(exercise, base)
    yield _small(base)
    yield _small(_plain(exercise, single))
    yield _plain(exercise, wide)
    yield _first_image(base)
    yield _even_but_the_first(base)
    yield single
    yield wide
    yield _plain(exercise, single)
    yield _small(_first_image(_plain(exercise, base)))
    yield _even_but_the_first(_plain(exercise, base))


def _breadth(arguments: Arguments) -> float:
    """How many cells the first array has for each of the second."""
    sizes = [value.size for value in arguments.values() if isinstance(value, np.ndarray)]
    return sizes[0] / max(sizes[1], 1) if len(sizes) > 1 else float(sum(sizes))


def _first_image(arguments: Arguments) -> Arguments:
    """With one image of a batch."""
    return {
        name: value[:1] if name == "x" and isinstance(value, np.ndarray) else value
        for name, value in arguments.items()
    }


def _plain(exercise: Exercise, arguments: Arguments) -> Arguments:
    """Without bias, and with every option at its default."""
    defaults = exercise.signature.defaults
    return {
        name: np.zeros_like(value)
        if isinstance(value, np.ndarray) and value.ndim == 1
        else defaults.get(name, value)
        for name, value in arguments.items()
    }


def _small(arguments: Arguments) -> Arguments:
    """With 0, 1 and 2 for numbers: no sign shows, no decimals and nothing of what is too large."""
    return {
        name: (np.abs(np.trunc(value)) % 3).astype(value.dtype)
        if isinstance(value, np.ndarray)
        else value
        for name, value in arguments.items()
    }


def _even_but_the_first(arguments: Arguments) -> Arguments:
    """With kernels and biases of one number: how they lie does not show."""
    arrays = [name for name, value in arguments.items() if isinstance(value, np.ndarray)]
    return arguments | {name: np.full_like(arguments[name], 2) for name in arrays[1:]}
