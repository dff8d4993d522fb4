"""Una pareja, trozo a trozo: dónde está en cada entrega lo que comparten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .index import Index
from .prints import LENGTH, Prints, grams
from .symbols import NUMBER, Token
from .tokens import parts
from .work import Piece

MOST_TRIED = 8  # Places of one run in the other's work.
MOST_NUMBERS = 1000  # That differ, of a pair: marking more of them tells nobody anything.
MOST_SHOWN = 12_000  # Characters of a cell: more is for its notebook.


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of tokens that both wrote, and how many of the class wrote it."""

    number: int
    tokens: int
    holders: int
    same_names: bool
    same_numbers: bool

    @property
    def dress(self) -> str:
        """What was changed in it, or that nothing was."""
        if self.same_names:
            return f"con los mismos nombres y {'' if self.same_numbers else 'otros '}números"
        return f"con otros nombres y {'los mismos' if self.same_numbers else 'otros'} números"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text of a cell, and what it shares with the other's, if anything.

    ``instead`` is the number that the other has in the place of this one; ``begins``, whether the
    shared run does here.
    """

    text: str
    shared: Shared | None = None
    instead: str = ""
    begins: bool = True


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
    instead: dict[int, str] = field(init=False, default_factory=dict)  # By the token's place.

    def __post_init__(self) -> None:
        self.marks = [None] * len(self.tokens)

    def as_written(self) -> None:
        """In the order of the text, which is not always that in which they are compared."""
        order = sorted(range(len(self.tokens)), key=lambda place: self.tokens[place].start)
        self.tokens = [self.tokens[place] for place in order]
        self.marks = [self.marks[place] for place in order]
        self.instead = {
            new: self.instead[place] for new, place in enumerate(order) if place in self.instead
        }

    def text(self, place: int, pieces: Sequence[Piece]) -> str:
        """As the student wrote the token."""
        token = self.tokens[place]
        return pieces[self.piece].code[token.start : token.end]


def compare(left: Sequence[Piece], right: Sequence[Piece], index: Index, known: Prints) -> Compared:
    """Find each run of the first in the second, the first that stands there and nobody took."""
    ours, theirs = list(_parts(left, known)), list(_parts(right, known))
    places = defaultdict(list)
    for number, part in enumerate(theirs):
        for start in np.flatnonzero(part.own).tolist():
            places[int(part.grams[start])].append((number, start))
    runs: list[Shared] = []
    room = MOST_NUMBERS
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
            holders = index.holders_of(part.grams[start : start + length - LENGTH + 1])
            rarest = int(min(holders[holders > 1], default=2))
            names, numbers = True, []
            for place in range(length):
                one, its = part.text(start + place, left), theirs[number].text(other + place, right)
                if one != its and part.tokens[start + place].symbol == NUMBER:
                    numbers.append((place, one, its))
                elif one != its:
                    names = False
            run = Shared(len(runs) + 1, length, rarest, names, not numbers)
            runs.append(run)
            for place, one, its in numbers[:room]:
                part.instead[start + place] = its
                theirs[number].instead[other + place] = one
            room = max(room - len(numbers), 0)
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
        part.as_written()
        code, cell = pieces[part.piece].code, stretches[part.piece]
        for first, last, mark in _marked(part.marks):
            start, end = part.tokens[first].start, part.tokens[last].end
            cell.append(Stretch(code[ends[part.piece] : start]))
            begins = True
            for place in (place for place in range(first, last + 1) if place in part.instead):
                token = part.tokens[place]
                cell.append(Stretch(code[start : token.start], mark, begins=begins))
                begins = begins and start == token.start
                cell.append(Stretch(part.text(place, pieces), mark, part.instead[place], begins))
                start, begins = token.end, False
            cell.append(Stretch(code[start:end], mark, begins=begins))
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
            kept += [replace(one, text=one.text[:room]), Stretch("\n… (sigue)")]
            break
        if one.text:
            kept.append(one)
        room -= len(one.text)
    return kept
