"""Qué preguntar: la llamada en la que más difieren las explicaciones que siguen en pie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec
from ..remote import Raised
from .asking import Trial
from .candidates import Candidate, Fit, Stopped, fit
from .changes import Arguments
from .effort import APART, FACTS
from .exercise import Exercise
from .questions import UNDEFINED, Questions, drawn, expected_of
from .space import Space

MOST_ROUNDS = 6  # of questions that tell candidates apart
CONFIRMATIONS = 4  # more calls that the only one left has to explain
NARROW, WIDE = 2, 2  # calls besides: with axes of a single cell, and with none
_DRAWN = 16  # calls among which the one to ask is chosen
_MOST_COMPARED = 30  # candidates alive that are run on each of them


def told_apart(
    candidates: Sequence[Candidate], questions: Questions, space: Space, rng: np.random.Generator
) -> tuple[list[Candidate], bool]:
    """Those that explain all that is asked besides, and whether one alone does, and surely.

    The calls are drawn afresh, and asked is the one that splits those alive best.
    """
    alive, sure = list(candidates), True
    confirmed = 0
    for _ in range(MOST_ROUNDS + CONFIRMATIONS):
        alone = len({one.ids for one in alive}) <= 1
        if not alive or (alone and confirmed >= CONFIRMATIONS):
            break
        if not questions.exercise.memory.effort.left(APART):
            break
        arguments = _best_call(alive, questions.exercise, space, rng)
        trial = arguments and questions.ask(arguments)
        if not trial:
            # Nothing tells them apart, or nothing more may be asked.
            break
        confirmed += alone
        fitted = _standing(trial, [(one, fit(questions.exercise, one, trial)) for one in alive])
        alive = [one for one, _ in fitted]
        sure = sure and Fit.UNEXPLAINED not in (found for _, found in fitted)
    if alive and confirmed >= CONFIRMATIONS:
        for arguments in _others(alive[0], questions.exercise, space, rng):
            trial = questions.ask(arguments)
            fits = [fit(questions.exercise, one, trial) for one in alive] if trial else []
            # Another mistake, that shows only there, comes with the one that is known.
            sure = sure and not {Fit.REFUTED, Fit.UNEXPLAINED} & set(fits)
    return alive, sure and confirmed >= CONFIRMATIONS and len({one.ids for one in alive}) == 1


def _standing(trial: Trial, fitted: Sequence[tuple[Candidate, Fit]]) -> list[tuple[Candidate, Fit]]:
    """Those that one answer leaves: of a call that stopped, whoever says why if anyone does."""
    explained = isinstance(trial.reply, Raised) and any(fit is Fit.AGREES for _, fit in fitted)
    gone = {Fit.REFUTED, Fit.UNEXPLAINED} if explained else {Fit.REFUTED}
    return [(one, found) for one, found in fitted if found not in gone]


def _others(
    candidate: Candidate, exercise: Exercise, space: Space, rng: np.random.Generator
) -> list[Arguments]:
    """Calls away from those that suggested a cause, where another mistake would show.

    Axes of a single cell, and none; numbers with decimals, or of bytes; one that does not stop. Of
    networks only the first: their images are few numbers, and a call costs as much as ten others.
    """
    calls = [drawn(exercise, space, rng) for _ in range(_DRAWN)]
    if any(isinstance(value, ModelSpec) for value in calls[0].values()):
        return sorted(calls, key=_ones)[: -NARROW - 1 : -1]
    answers = next(
        ([each] for each in calls if not isinstance(candidate.answer(exercise, each), Stopped)), []
    )
    calls.sort(key=_ones)
    odd = next(([each] for each in calls if _odd_numbers(each)), [])
    return [*calls[: -NARROW - 1 : -1], *calls[:WIDE], *odd, *answers]


def _odd_numbers(arguments: Arguments) -> bool:
    """Whether some number has decimals, or is kept in a byte."""
    arrays = [value for value in arguments.values() if isinstance(value, np.ndarray)]
    return any(each.dtype == np.uint8 or bool((each % 1).any()) for each in arrays)


def _ones(arguments: Arguments) -> int:
    return sum(
        value.shape.count(1) for value in arguments.values() if isinstance(value, np.ndarray)
    )


def _best_call(
    alive: Sequence[Candidate], exercise: Exercise, space: Space, rng: np.random.Generator
) -> Arguments | None:
    """The call whose answer will leave fewest alive; with one alive, one where it is wrong."""
    best, fewest = None, len(alive) + 1
    compared = alive[:_MOST_COMPARED]
    enough = 1 if len({one.ids for one in alive}) == 1 else len(compared) // 2
    for _ in range(_DRAWN):
        if best is not None and not exercise.memory.effort.left(APART):
            break
        arguments = drawn(exercise, space, rng)
        expected = expected_of(exercise, arguments)
        if expected is UNDEFINED:
            continue
        answers = [
            key_of(one.answer(exercise, arguments))
            for one in compared
            if exercise.memory.effort.left(FACTS)
        ]
        if len(answers) < len(compared):
            break
        right = key_of(expected)
        if all(answer == right for answer in answers):
            continue
        largest = max(Counter(answers).values())
        if largest < fewest:
            best, fewest = arguments, largest
        if fewest <= enough:
            break
    return best


def key_of(answer: Any) -> Any:
    """What two equal answers share, roughly: for telling them apart, not for judging."""
    if isinstance(answer, np.ndarray):
        return answer.shape, np.round(answer.astype(float), 4).tobytes()
    return repr(answer)
