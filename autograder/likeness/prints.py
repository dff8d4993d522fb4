"""Las huellas de un código: trozos de quince símbolos, elegidos por winnowing (copydetect)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from copydetect.utils import winnow

from .symbols import Token
from .tokens import number_of, parts

LENGTH = 15  # Tokens of a print: a line and a half.
WINDOW = 4  # Of as many prints one is kept: what two share in 18 tokens or more is never missed.
STEP = (WINDOW + 1) / 2  # Tokens from one kept print to the next, on average.
_BASE = np.uint64(0x9E3779B97F4A7C15)

Prints = np.ndarray  # (n,), int64


def grams(tokens: Sequence[Token]) -> Prints:
    """A number for every run of ``LENGTH`` tokens, in their order."""
    if len(tokens) < LENGTH:
        return np.empty(0, np.int64)
    symbols = np.array([number_of(token.symbol) for token in tokens], np.uint64)
    total = np.zeros(len(symbols) - LENGTH + 1, np.uint64)
    for place in range(LENGTH):
        total = total * _BASE + symbols[place : place + len(total)]
    # Winnowing compares them as floats: 52 bits are the same number there.
    return (total >> np.uint64(12)).astype(np.int64)


def prints(pieces: Iterable[str]) -> Prints:
    """The distinct prints of some code, in order of their numbers."""
    return together(prints_by_part(pieces))


def prints_by_part(pieces: Iterable[str]) -> list[Prints]:
    """Those of each definition, and of what stands between two; of none that has no print."""
    kept = []
    for code in pieces:
        for part in parts(code):
            found = grams(part)
            if len(found) >= WINDOW:
                found, _ = winnow(found, WINDOW, remove_duplicates=False)
            if len(found):
                kept.append(np.unique(found))
    return kept


def together(some: Iterable[Prints]) -> Prints:
    """The distinct prints of several parts."""
    return np.unique(np.concatenate([np.empty(0, np.int64), *some]))


def all_grams(pieces: Iterable[str]) -> Prints:
    """Every run, kept or not: of the course's own code, which is nobody's."""
    found = [grams(part) for code in pieces for part in parts(code)]
    return np.unique(np.concatenate([np.empty(0, np.int64), *found]))
