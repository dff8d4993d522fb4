"""Lo que responde cada error a unas llamadas fijas: se calcula una vez en cada proceso.

A catalogue has some thousand mistakes, most of them generated, and to run them all takes longer
than a whole diagnosis may. What they answer to one same call does not depend on who is asked: it is
kept, and a student's answer to that call leaves a few of them to be run on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..remote import Raised, Returned
from .asking import Trial
from .candidates import Candidate, Stopped
from .changes import Arguments
from .exercise import Compare, Exercise
from .misconceptions import Misconception
from .questions import UNDEFINED, Questions, expected_of
from .space import Space

_CALLS = 2
_DRAWN, _MOST_DRAWN = 60, 160  # calls among which those fixed are chosen
_SEED = 20
_ALIKE = 40  # numbers more that are worth computing for two sizes that differ
_APART = 0.01  # of the largest number of an answer: further than any rounding
_MOST_KEPT = 48  # catalogues whose answers are remembered


@dataclass
class Answers:
    """What each mistake answers to a call, computed the first time that somebody asks for it."""

    exercise: Exercise
    mistakes: Sequence[Misconception]
    arguments: Arguments
    _known: dict[int, np.ndarray | Stopped | None] = field(default_factory=dict, repr=False)

    def fitting(self, got: Any, among: set[int]) -> set[int]:
        """The places, among those, of the mistakes that may answer that.

        Those that stop, or answer no finite array, may answer anything.
        """
        if not (isinstance(got, np.ndarray) and got.dtype.kind in "fiu"):
            return among
        with np.errstate(all="ignore"):
            row = got.astype(np.float64)
            if not np.isfinite(row).all():
                return among
            known = [(place, self._answer(place)) for place in among]
            arrays = [(place, a) for place, a in known if isinstance(a, np.ndarray)]
            left = among - {place for place, _ in arrays}
            alike_in_shape = [(place, a) for place, a in arrays if a.shape == row.shape]
            places = [place for place, _ in alike_in_shape]
            if not places or not row.size:
                return left | set(places)
            of_its_shape = np.stack([answer for _, answer in alike_in_shape])
            axes = tuple(range(1, of_its_shape.ndim))
            most = _APART * np.abs(of_its_shape).max(axis=axes) + 1e-9
            alike = np.abs(of_its_shape - row).max(axis=axes) <= most
        return left | {place for place, fits in zip(places, alike, strict=True) if fits}

    def stopping(self, error: str | None, among: set[int]) -> set[int]:
        """Those that stop with an exception of that type; with None, those that do not stop."""
        known = [(place, self._answer(place)) for place in among]
        return {
            place
            for place, answer in known
            if (answer.type if isinstance(answer, Stopped) else None) == error
        }

    def _answer(self, place: int) -> np.ndarray | Stopped | None:
        """The finite array that a mistake answers, or how it stops; None for anything else."""
        if place not in self._known:
            answer = Candidate((self.mistakes[place],)).answer(self.exercise, self.arguments)
            known: np.ndarray | Stopped | None = answer if isinstance(answer, Stopped) else None
            if isinstance(answer, np.ndarray) and answer.dtype.kind in "fiu":
                row = answer.astype(np.float64)
                known = row if np.isfinite(row).all() else None
            self._known[place] = known
        return self._known[place]


@dataclass(frozen=True)
class Came:
    """What a function answered to one of the fixed calls."""

    answers: Answers
    got: Any
    fails: bool


@dataclass(frozen=True)
class Fingerprints:
    """The mistakes of a catalogue, and what they answer to the fixed calls."""

    catalogue: Sequence[Misconception]
    calls: tuple[Answers, ...] = field(repr=False)

    def ask(self, questions: Questions) -> list[Came]:
        """What a function answers to them."""
        came = []
        for answers in self.calls:
            trial: Trial | None = questions.ask(answers.arguments)
            if trial is not None and isinstance(trial.reply, Returned):
                came.append(Came(answers, trial.reply.value, questions.fails(trial)))
        return came

    def alive(
        self, came: Sequence[Came], rare: bool
    ) -> tuple[list[Misconception], list[Misconception]]:
        """Those that a function may be making, and those that it may be making only sometimes.

        Of the usual ones or of those made by generation. To the first call all of them are run, and
        to another those that are left.
        """
        always = {place for place, one in enumerate(self.catalogue) if one.rare is rare}
        sometimes = set(always)
        for one in came:
            fitting = one.answers.fitting(one.got, always | sometimes if one.fails else always)
            always &= fitting
            if one.fails:
                sometimes &= fitting
        return (
            [self.catalogue[place] for place in sorted(always)],
            [self.catalogue[place] for place in sorted(sometimes)],
        )

    def stopping(self, questions: Questions) -> list[Misconception]:
        """Those made by generation that stop, and answer, where a function does.

        For one that answers nothing wrong, and only stops.
        """
        left = {place for place, one in enumerate(self.catalogue) if one.rare}
        for answers in self.calls:
            trial = questions.ask(answers.arguments)
            if trial is not None and isinstance(trial.reply, Returned):
                left = answers.stopping(None, answers.fitting(trial.reply.value, left))
            elif trial is not None and isinstance(trial.reply, Raised):
                left = answers.stopping(trial.reply.type, left)
        return [self.catalogue[place] for place in sorted(left)]


_kept: dict[int, Fingerprints] = {}


def fingerprints(
    catalogue: Sequence[Misconception], exercise: Exercise, space: Space
) -> Fingerprints:
    """Those of a catalogue, made the first time that it is asked for."""
    known = _kept.get(id(catalogue))
    if known is None or known.catalogue is not catalogue:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        known = _kept[id(catalogue)] = _made(catalogue, exercise.right, exercise.compare, space)
    return known


def _made(
    catalogue: Sequence[Misconception], right: Any, compare: Compare, space: Space
) -> Fingerprints:
    exercise = Exercise(right, compare)  # What is computed here is no work of a diagnosis.
    many = any(mistake.rare for mistake in catalogue)
    calls = _calls(exercise, space) if many else []
    return Fingerprints(catalogue, tuple(Answers(exercise, catalogue, call) for call in calls))


def _calls(exercise: Exercise, space: Space) -> list[Arguments]:
    """Small calls where much shows: no axis of one cell, and options that are not the usual.

    The second differs in its words from the first: what is hidden with ``same`` shows in the other.
    """
    rng = np.random.default_rng(_SEED)
    usual = exercise.signature.defaults
    first = [space.draw(rng) for _ in range(_DRAWN)]
    paired = {name for call in first for name, value in call.items() if isinstance(value, tuple)}

    def hides(call: Arguments) -> tuple[int, int, int]:
        seen = [*call.values(), exercise.expected(call)]
        shapes = [value.shape for value in seen if isinstance(value, np.ndarray)]
        ones = sum(shape.count(1) for shape in shapes)
        same = sum(np.array_equal(call[name], value) for name, value in usual.items())
        # What is done to a pair shows where its two numbers differ.
        same += sum((value == 1) + (name in paired) for name, value in call.items() if _one(value))
        # Where two axes measure the same, one may be taken for the other and nothing is seen.
        alike = sum(len(shape) - len(set(shape)) for shape in shapes)
        return ones, same, _ALIKE * alike + sum(int(np.prod(shape)) for shape in shapes)

    drawn: list[tuple[tuple[int, int, int], Arguments]] = []
    for count in range(_MOST_DRAWN):
        call = first[count] if count < _DRAWN else space.draw(rng)
        if _asks(exercise, call):
            drawn.append((hides(call), call))
        if count >= _DRAWN and sum(hidden[:2] == (0, 0) for hidden, _ in drawn) >= _CALLS:
            break
    chosen = [call for _, call in sorted(drawn, key=lambda each: each[0])]
    words = [[value for value in call.values() if isinstance(value, str)] for call in chosen]
    others = [call for call, said in zip(chosen, words, strict=True) if said != words[0]]
    return [*chosen[:1], *(others or chosen[1:])[: _CALLS - 1]]


def _one(value: Any) -> bool:
    """Whether one number, or twice the same, goes for two."""
    return isinstance(value, int) or (isinstance(value, tuple) and len(set(value)) == 1)


def _asks(exercise: Exercise, call: Arguments) -> bool:
    """Whether an array is the right answer: numbers are no work to compute again."""
    expected = expected_of(exercise, call)
    return expected is not UNDEFINED and isinstance(expected, np.ndarray)
