"""Una pareja, trozo a trozo: dónde está en cada entrega lo que comparten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from .index import Index
from .prints import LENGTH, Prints, grams
from .tokens import Token, parts
from .work import Piece

MOST_TRIED = 8  # Places of one run in the other's work.
MOST_SHOWN = 12_000  # Characters of a cell: more is for its notebook.


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of tokens that both wrote, and how many of the class wrote it."""

    number: int
    tokens: int
    holders: int
    same_names: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text of a cell, and what it shares with the other's, if anything."""

    text: str
    shared: Shared | None = None


@dataclass(frozen=True)
class Column:
    """One of the two: their cells, each as stretches, and how much of it is shared."""

    cells: list[tuple[str, list[Stretch]]]
    share: float


@dataclass(frozen=True)
class Compared:
    """Both columns, and the shared runs, the longest of what few wrote first."""

    left: Column
    right: Column
    runs: list[Shared]

    @property
    def rarest(self) -> int:
        return min((run.holders for run in self.runs), default=2)


@dataclass
class _Part:
    piece: int
    tokens: list[Token]
    grams: Prints
    own: np.ndarray  # Whether each run of tokens is the student's, and not the course's.
    marks: list[Shared | None] = field(init=False)

    def __post_init__(self) -> None:
        self.marks = [None] * len(self.tokens)


def compare(left: Sequence[Piece], right: Sequence[Piece], index: Index, known: Prints) -> Compared:
    """Find each run of the first in the second, the first that stands there and nobody took."""
    ours, theirs = list(_parts(left, known)), list(_parts(right, known))
    places = defaultdict(list)
    for number, part in enumerate(theirs):
        for start in np.flatnonzero(part.own).tolist():
            places[int(part.grams[start])].append((number, start))
    runs: list[Shared] = []
    for part in ours:
        start = 0
        while start < len(part.grams):
            best = (0, 0, 0)
            if part.own[start]:
                for number, other in places.get(int(part.grams[start]), ())[:MOST_TRIED]:
                    length = _length(part, start, theirs[number], other)
                    best = max(best, (length, number, other))
            length, number, other = best
            if length < LENGTH:
                start += 1
                continue
            same = _texts(part, start, length, left) == _texts(theirs[number], other, length, right)
            holders = index.holders_of(part.grams[start : start + length - LENGTH + 1])
            run = Shared(len(runs) + 1, length, int(min(holders[holders > 1], default=2)), same)
            runs.append(run)
            part.marks[start : start + length] = [run] * length
            theirs[number].marks[other : other + length] = [run] * length
            start += length
    return Compared(_column(left, ours), _column(right, theirs), runs)


def _parts(pieces: Sequence[Piece], known: Prints) -> Iterator[_Part]:
    for number, piece in enumerate(pieces):
        for tokens in parts(piece.code):
            found = grams(tokens)
            yield _Part(number, tokens, found, ~np.isin(found, known))


def _length(part: _Part, start: int, other: _Part, at: int) -> int:
    most = min(len(part.tokens) - start, len(other.tokens) - at)
    for length in range(most):
        same = part.tokens[start + length].symbol == other.tokens[at + length].symbol
        if not same or other.marks[at + length]:
            return length
    return most


def _texts(part: _Part, start: int, length: int, pieces: Sequence[Piece]) -> list[str]:
    code = pieces[part.piece].code
    return [code[token.start : token.end] for token in part.tokens[start : start + length]]


def _column(pieces: Sequence[Piece], found: Sequence[_Part]) -> Column:
    total = shared = 0
    stretches: list[list[Stretch]] = [[] for _ in pieces]
    ends = [0] * len(pieces)
    touched = set()
    for part in found:
        own = np.zeros(len(part.tokens), bool)
        for start in np.flatnonzero(part.own).tolist():
            own[start : start + LENGTH] = True
        total += int(own.sum())
        shared += int(sum(own[place] for place, mark in enumerate(part.marks) if mark))
        code, cell = pieces[part.piece].code, stretches[part.piece]
        for first, last, mark in _marked(part.marks):
            start, end = part.tokens[first].start, part.tokens[last].end
            cell.append(Stretch(code[ends[part.piece] : start]))
            cell.append(Stretch(code[start:end], mark))
            ends[part.piece] = end
            touched.add(part.piece)
    cells = []
    for number in sorted(touched):
        piece, cell = pieces[number], stretches[number]
        cell.append(Stretch(piece.code[ends[number] :]))
        cells.append((piece.name, _bounded(cell)))
    return Column(cells, shared / total if total else 0.0)


def _marked(marks: Sequence[Shared | None]) -> Iterator[tuple[int, int, Shared]]:
    start = 0
    for place in range(1, len(marks) + 1):
        if place == len(marks) or marks[place] is not marks[start]:
            if (mark := marks[start]) is not None:
                yield start, place - 1, mark
            start = place


def _bounded(stretches: Sequence[Stretch]) -> list[Stretch]:
    room, kept = MOST_SHOWN, []
    for one in stretches:
        if len(one.text) > room:
            kept += [Stretch(one.text[:room], one.shared), Stretch("\n… (sigue)")]
            break
        if one.text:
            kept.append(one)
        room -= len(one.text)
    return kept
