"""Dos errores a la vez: se busca primero la llamada que esconde uno de ellos y enseña el otro.

A catalogue of four hundred mistakes has eighty thousand pairs, and there is time for some three
thousand. But a bias of zeros hides what is done with it, and whole numbers hide a rounding: on a
call that hides one of the two the other is found alone, as any single mistake is, and then all the
others are tried with it where both show. What changes an answer needs no other run of what gave it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate, Evidence, Fit, fit
from .effort import GLIMPSE, LOOK, PAIRS, PAIRS_EXPLAINED, SUSPECTS
from .hiding import hiding_calls
from .misconceptions import Misconception
from .questions import Questions
from .sight import Alone, Sight, arrays
from .space import Space

SHORT = 80  # mistakes of a catalogue: all its pairs are tried
MOST_SUSPECTS = 6  # mistakes found alone on one call that hides others, and tried with all the rest
_MOST_CALLS_OF_NUMBERS = 3
_MOST_NAMES = 4  # pairs of names whose other ways are tried


@dataclass
class PairSearch:
    """The pairs of mistakes that answer what came, looked for on the calls that show most.

    ``known`` are the calls of the check and ``probes`` those drawn to be large.
    """

    questions: Questions
    catalogue: Sequence[Misconception]
    space: Space | None
    known: Sequence[Trial]
    probes: Sequence[Trial]
    rng: np.random.Generator
    found: list[Candidate] = field(default_factory=list)
    complete: bool = False  # whether every pair was tried
    _sights: dict[int, tuple[Sight, list[Alone]]] = field(default_factory=dict)
    _suspected: set[int] = field(default_factory=set)

    def search(self) -> list[Candidate]:
        """Those that agree where they were looked for; with one that explains all, it ends."""
        failed = self._failed()
        if not failed:
            return []
        if not isinstance(failed[0].expected, np.ndarray):
            self._of_numbers(failed)
        elif len(self.catalogue) <= SHORT:
            self._all_at(failed[0])
            self._by_suspects(failed)
        else:
            self._by_suspects(failed)
            self._all_at(failed[0])
        return list({tuple(map(id, pair.mistakes)): pair for pair in self.found}.values())

    def _failed(self) -> list[Trial]:
        """The wrong answers that came, those of large calls of whole numbers first."""
        every = [*self.probes, *self.known, *self.questions.asked]
        failed = [
            each
            for each in every
            if isinstance(each.reply, Returned) and not each.raises and self.questions.fails(each)
        ]
        return list({id(trial): trial for trial in failed}.values())

    def _explained(self) -> bool:
        """Whether one of the pairs found explains every call."""
        trials = [*self.known, *self.questions.asked]
        evidence = Evidence.of(self.questions.exercise, trials)
        return any(evidence.explained(pair) for pair in self.found if self._left(PAIRS_EXPLAINED))

    def _left(self, share: float) -> bool:
        return self.questions.exercise.memory.effort.left(share)

    def _spend(self, work: float) -> None:
        self.questions.exercise.memory.effort.spent += work

    def _sight(self, trial: Trial) -> tuple[Sight, list[Alone]]:
        """What shows of the catalogue in a call."""
        known = self._sights.get(id(trial))
        if known is None:
            sight = Sight.of(self.questions.exercise, trial)
            known = self._sights[id(trial)] = sight, sight.shown(self.catalogue)
        return known

    # --- suspects --------------------------------------------------------------------------------

    def _by_suspects(self, failed: Sequence[Trial]) -> None:
        """Each mistake that explains alone a call, with all the others where it does not."""
        if self.found and self._explained():
            return
        exercise = self.questions.exercise
        for trial in self._hiding(failed):
            if not self._left(SUSPECTS):
                return
            before = len(self.found)
            for one in self._suspects(trial):
                where = next(
                    (t for t in failed if fit(exercise, Candidate((one,)), t) is Fit.REFUTED), None
                )
                if where is not None:
                    self.found += self._with(one, where)
                if not self._left(PAIRS):
                    return
            self._other_ways(before, failed)
            if len(self.found) > before and self._explained():
                return

    def _other_ways(self, before: int, failed: Sequence[Trial]) -> None:
        """The same two names in each of their other ways, of those found since."""
        names = {frozenset(pair.ids) for pair in self.found[before:]}
        for name in list(names)[:_MOST_NAMES]:
            sight, shown = self._sight(failed[0])
            ways = [one for one in shown if one.mistake.id in name]
            for one, other in self._together(itertools.combinations(ways, 2)):
                for inner, outer in _orders(one, other):
                    if sight.agrees(sight.both(inner, outer)):
                        self.found.append(Candidate((inner.mistake, outer.mistake)))

    def _hiding(self, failed: Sequence[Trial]) -> Iterator[Trial]:
        """The failed calls in which most mistakes are hidden, and before them one as it is."""
        yield failed[0]
        if self.space is None:
            return  # Nothing more is asked.
        base = failed[0].arguments
        for call in hiding_calls(self.questions.exercise, self.space, base, self.rng):
            trial = self.questions.ask(call)
            came = trial is not None and isinstance(trial.reply, Returned)
            if trial is not None and came and self.questions.fails(trial):
                yield trial

    def _suspects(self, trial: Trial) -> list[Misconception]:
        """Those that explain a call alone, one of each name before the other ways to make it."""
        sight, shown = self._sight(trial)
        agreeing = [
            one.mistake
            for one in shown
            if id(one.mistake) not in self._suspected and sight.agrees(one.answer)
        ]
        names: dict[str, Misconception] = {}
        for mistake in agreeing:
            names.setdefault(mistake.id, mistake)
        chosen = list({id(m): m for m in (*names.values(), *agreeing)}.values())[:MOST_SUSPECTS]
        self._suspected.update(map(id, chosen))
        return chosen

    def _with(self, mistake: Misconception, where: Trial) -> Iterator[Candidate]:
        """The pairs of one mistake with any other that answer a call as it was answered."""
        sight, shown = self._sight(where)
        one = sight.alone(mistake)
        for other in (*shown, *sight.changes(self.catalogue, shown)):
            self._spend(LOOK)
            if not self._left(PAIRS):
                return
            if one.goes_with(other) and _may_give_the_shape(one, other, where):
                for inner, outer in _orders(one, other):
                    if sight.agrees(sight.both(inner, outer)):
                        yield Candidate((inner.mistake, outer.mistake))
                        break

    # --- every pair ------------------------------------------------------------------------------

    def _all_at(self, trial: Trial) -> None:
        """Every pair on one call, as far as the time goes; the likeliest first."""
        if self.found and self._explained():
            return
        sight, shown = self._sight(trial)
        strict = len(shown) > SHORT  # There is no time for two mistakes that both change the shape.
        # First what changes an answer after any other; then what has to be run.
        for run in (False, True):
            for one, other in self._together(_ranked(shown)):
                self._spend(LOOK)
                if not _may_give_the_shape(one, other, trial, strict):
                    continue
                for inner, outer in _orders(one, other):
                    if outer.only_the_answer is run:
                        continue
                    if sight.agrees(sight.both(inner, outer)):
                        self.found.append(Candidate((inner.mistake, outer.mistake)))
        self.complete = self._left(PAIRS)

    def _of_numbers(self, failed: Sequence[Trial]) -> None:
        """All the pairs: of a formula's two mistakes one call may show one, and another the other.

        On each call those that are refuted elsewhere fall at once.
        """
        exercise = self.questions.exercise
        for trial in failed[:_MOST_CALLS_OF_NUMBERS]:
            sight = Sight.of(exercise, trial)
            every = [sight.alone(mistake) for mistake in self.catalogue if self._left(PAIRS)]
            for one, other in self._together(itertools.combinations(every, 2)):
                for inner, outer in _orders(one, other):
                    if sight.agrees(sight.both(inner, outer)):
                        self.found.append(Candidate((inner.mistake, outer.mistake)))
        self.complete = self._left(PAIRS)

    def _together(self, pairs: Iterable[tuple[Alone, Alone]]) -> Iterator[tuple[Alone, Alone]]:
        """Those of some pairs that may be made at once, as far as the work goes."""
        for one, other in pairs:
            self._spend(GLIMPSE)
            if not self._left(PAIRS):
                return
            if one.goes_with(other):
                yield one, other


def _orders(one: Alone, other: Alone) -> list[tuple[Alone, Alone]]:
    """Which goes inside: what computes with another function; of two that do, none.

    What only changes the answer goes outside, but for what only changes it too.
    """
    both = [(one, other), (other, one)]
    if one.only_the_answer != other.only_the_answer:
        both = [(other, one) if one.only_the_answer else (one, other)]
    return [(inner, outer) for inner, outer in both if not outer.replaces]


def _ranked(shown: Sequence[Alone]) -> Iterator[tuple[Alone, Alone]]:
    """All the pairs, those of the first ones before: none is made until it is its turn."""
    for total in range(1, 2 * len(shown) - 2):
        for n in range(max(0, total - len(shown) + 1), (total + 1) // 2):
            yield shown[n], shown[total - n]


def _may_give_the_shape(one: Alone, other: Alone, trial: Trial, strict: bool = False) -> bool:
    """Whether the shape that came may be that of both; a right one is that of each alone."""
    assert isinstance(trial.reply, Returned)
    got, expected = trial.reply.value, trial.expected
    if not arrays(got, expected):
        return True
    shapes = {_shape(one.answer), _shape(other.answer)}
    if got.shape == expected.shape:
        return shapes == {expected.shape}
    if strict:
        return shapes == {got.shape, expected.shape}
    return shapes != {expected.shape}


def _shape(answer: object) -> tuple[int, ...] | None:
    """That of an array; a list may hold arrays that make none."""
    return answer.shape if isinstance(answer, np.ndarray) else None
