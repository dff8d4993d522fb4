"""Lo que responde cada error generado a unas llamadas fijas: se calcula una vez en cada proceso.

A catalogue has some thousand generated mistakes, and to run them all takes longer than a whole
diagnosis may. What they answer to one same call does not depend on who is asked: it is kept, and a
student's answer to that call leaves a few of them to be run on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate
from .changes import Arguments
from .exercise import Compare, Exercise
from .misconceptions import Misconception
from .questions import UNDEFINED, Questions, expected_of
from .space import Space

_CALLS = 2
_DRAWN = 60  # calls among which those fixed are chosen
_SEED = 20
_APART = 0.01  # of the largest number of an answer: further than any rounding
_MOST_KEPT = 48  # catalogues whose answers are remembered


@dataclass(frozen=True)
class Answers:
    """What each mistake answers to a call: arrays of one shape together, and the rest apart."""

    arguments: Arguments
    by_shape: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]]
    always: np.ndarray  # the places of those that stop, or answer no finite array

    def fitting(self, got: Any) -> np.ndarray | None:
        """The places of the mistakes that may answer that; None where nothing can be said."""
        if not (isinstance(got, np.ndarray) and got.dtype.kind in "fiu"):
            return None
        with np.errstate(all="ignore"):
            row = got.astype(np.float64).ravel()
            if not np.isfinite(row).all():
                return None
            places, answers = self.by_shape.get(got.shape, (self.always[:0], None))
            if answers is not None and row.size:
                most = _APART * np.abs(answers).max(axis=1) + 1e-9
                places = places[np.abs(answers - row).max(axis=1) <= most]
        return np.concatenate([places, self.always])


@dataclass(frozen=True)
class Fingerprints:
    """The generated mistakes of a catalogue, and what they answer to the fixed calls."""

    catalogue: Sequence[Misconception]
    mistakes: tuple[Misconception, ...]
    calls: tuple[Answers, ...] = field(repr=False)

    def alive(self, questions: Questions) -> tuple[list[Misconception], list[Misconception]]:
        """Those that a function may be making, and those that it may be making only sometimes."""
        always, sometimes = set(range(len(self.mistakes))), set(range(len(self.mistakes)))
        for answers in self.calls:
            trial: Trial | None = questions.ask(answers.arguments)
            if trial is None or not isinstance(trial.reply, Returned):
                continue
            fitting = answers.fitting(trial.reply.value)
            if fitting is None:
                continue
            always &= set(fitting.tolist())
            if questions.fails(trial):
                sometimes &= set(fitting.tolist())
        return (
            [self.mistakes[place] for place in sorted(always)],
            [self.mistakes[place] for place in sorted(sometimes)],
        )


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
    mistakes = tuple(mistake for mistake in catalogue if mistake.rare)
    calls = _calls(exercise, space) if mistakes else []
    return Fingerprints(
        catalogue, mistakes, tuple(_answers(exercise, mistakes, call) for call in calls)
    )


def _calls(exercise: Exercise, space: Space) -> list[Arguments]:
    """Small calls where much shows: no axis of one cell, and options that are not the usual.

    The second differs in its words from the first: what is hidden with ``same`` shows in the other.
    """
    rng = np.random.default_rng(_SEED)
    drawn = [call for call in (space.draw(rng) for _ in range(_DRAWN)) if _asks(exercise, call)]
    usual = exercise.signature.defaults

    def hides(call: Arguments) -> tuple[int, int, int]:
        seen = [*call.values(), exercise.expected(call)]
        arrays = [value for value in seen if isinstance(value, np.ndarray)]
        ones = sum(value.shape.count(1) for value in arrays)
        same = sum(np.array_equal(call[name], value) for name, value in usual.items())
        return ones, same, sum(value.size for value in arrays)

    chosen = sorted(drawn, key=hides)
    words = [[value for value in call.values() if isinstance(value, str)] for call in chosen]
    others = [call for call, said in zip(chosen, words, strict=True) if said != words[0]]
    return [*chosen[:1], *(others or chosen[1:])[: _CALLS - 1]]


def _asks(exercise: Exercise, call: Arguments) -> bool:
    """Whether an array is the right answer: numbers are no work to compute again."""
    expected = expected_of(exercise, call)
    return expected is not UNDEFINED and isinstance(expected, np.ndarray)


def _answers(
    exercise: Exercise, mistakes: Sequence[Misconception], arguments: Arguments
) -> Answers:
    rows: dict[tuple[int, ...], list[tuple[int, np.ndarray]]] = {}
    always = []
    for place, mistake in enumerate(mistakes):
        answer = Candidate((mistake,)).answer(exercise, arguments)
        if not isinstance(answer, np.ndarray) or answer.dtype.kind not in "fiu":
            always.append(place)
            continue
        row = answer.astype(np.float64).ravel()
        if np.isfinite(row).all():
            rows.setdefault(answer.shape, []).append((place, row))
        else:
            always.append(place)
    by_shape = {
        shape: (np.array([place for place, _ in found]), np.stack([row for _, row in found]))
        for shape, found in rows.items()
    }
    return Answers(arguments, by_shape, np.array(always, dtype=np.int64))
