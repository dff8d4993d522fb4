"""Quién comparte con quién lo que casi nadie más escribió: un índice de huella a estudiantes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .prints import STEP, Prints, together

BLOCK = 20  # Tokens that say one thing: what follows in the same thought surprises nobody.
COMMON = 0.1  # What a larger share of the class wrote is how it is written.
FEW = 5  # And in a class of any size, what so many wrote is not common for that.
SMALL_CLASS = 10  # As if so many more had written something else: in a class of two, all is rare.
MARGIN = 3.0
LEAST = 15.0  # Where few are compared, what is common cannot be learnt from them.
ALONE = 1.5  # Times as much evidence is asked of one part: who writes alike does it in each.
MOST_WORK = 2_000_000_000  # Products of the index with itself: 20 seconds.
ROWS = 512


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the class, by their places.

    ``share`` is what they have in common, of all that the one who wrote less wrote;
    ``evidence``, how far from chance that is.
    """

    first: int
    second: int
    share: float
    evidence: float


class Index:
    """The prints of a class: how many hold each one."""

    def __init__(self, works: Sequence[Sequence[Prints]], known: Prints) -> None:
        """``works`` are the prints of each one, by part."""
        self.size = len(works)
        self.parts = [[_without(part, known) for part in work] for work in works]
        self.works = [together(parts) for parts in self.parts]
        every = np.concatenate([np.empty(0, np.int64), *self.works])
        self.prints, counts = np.unique(every, return_counts=True)
        self.holders = counts

    @property
    def needed(self) -> float:
        """The evidence that chance, among all the pairs of a class, hardly ever reaches."""
        return max(2 * math.log(self.size + SMALL_CLASS) + MARGIN, LEAST)

    def weights(self) -> np.ndarray:
        """How surprising each print is in two works: nothing where many wrote it."""
        rarity = np.log((self.size + SMALL_CLASS) / np.maximum(self.holders, 2))
        most = max(FEW, COMMON * self.size)
        return np.where((self.holders > 1) & (self.holders <= most), rarity, 0.0)

    def pairs(self) -> list[Pair]:
        """Those above what chance reaches, the most surprising first.

        Of two works whole, or of a single part of each: who copies one exercise writes the others.
        """
        found = dict(self._shared(self.works, range(self.size), self.needed))
        parts = [part for work in self.parts for part in work]
        whose = [who for who, work in enumerate(self.parts) for _ in work]
        for both, evidence in self._shared(parts, whose, ALONE * self.needed):
            found[both] = max(found.get(both, 0.0), evidence)
        pairs = [Pair(*both, self._share(*both), evidence) for both, evidence in found.items()]
        return sorted(pairs, key=lambda pair: (-pair.evidence, pair.first, pair.second))

    def _shared(
        self, some: Sequence[Prints], whose: Sequence[int], needed: float
    ) -> Iterator[tuple[tuple[int, int], float]]:
        """The evidence of two of these, of two people, where it is as much as is needed."""
        weights = self.weights()
        used = np.flatnonzero(weights)
        used = used[np.argsort(self.holders[used], kind="stable")]
        used = used[np.cumsum(self.holders[used].astype(float) ** 2) <= MOST_WORK]
        used.sort()
        candidates = self.prints[used]
        if not len(used):
            return
        rows, columns = [], []
        for number, work in enumerate(some):
            places = np.searchsorted(candidates, work)
            places[places == len(used)] = 0
            there = places[candidates[places] == work].astype(np.int32)
            rows.append(np.full(len(there), number, np.int32))
            columns.append(there)
        row, column = np.concatenate(rows), np.concatenate(columns)
        shape, owner = (len(some), len(used)), np.array(whose)
        held = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape)
        weighed = sparse.csr_matrix((weights[used][column] * STEP / BLOCK, (row, column)), shape).T
        weighed = weighed.tocsr()
        for begin in range(0, len(some), ROWS):
            shared = (held[begin : begin + ROWS] @ weighed).tocoo()
            # The share that weighs it is at most 1: what is not enough here is not enough then.
            enough = (shared.data >= needed) & (owner[shared.row + begin] < owner[shared.col])
            for one, other, value in zip(
                shared.row[enough], shared.col[enough], shared.data[enough], strict=True
            ):
                evidence = float(value) * _common(some[one + begin], some[other])
                if evidence >= needed:
                    yield (whose[one + begin], whose[other]), evidence

    def _share(self, first: int, second: int) -> float:
        return _common(self.works[first], self.works[second])

    def holders_of(self, prints: Prints) -> np.ndarray:
        """How many of the class hold each of these; 0 for those that nobody does."""
        if not len(self.prints):
            return np.zeros(len(prints), int)
        places = np.minimum(np.searchsorted(self.prints, prints), len(self.prints) - 1)
        return np.where(self.prints[places] == prints, self.holders[places], 0)


def _without(part: Prints, known: Prints) -> Prints:
    """Both are in order: ``setdiff1d`` would put the course's own in order again each time."""
    if not len(known):
        return part
    places = np.minimum(np.searchsorted(known, part), len(known) - 1)
    return part[known[places] != part]


def _common(one: Prints, other: Prints) -> float:
    """What two have in common, of all that the smaller has."""
    return len(np.intersect1d(one, other, assume_unique=True)) / min(len(one), len(other))
