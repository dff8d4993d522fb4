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
from .corners import edges, varied
from .effort import APART, FACTS
from .exercise import Exercise
from .questions import UNDEFINED, Questions, drawn, expected_of
from .space import Space

MOST_ROUNDS = 6  # of questions that tell candidates apart
CONFIRMATIONS = 4  # more calls that the only one left has to explain
NARROW, WIDE = 2, 2  # calls besides: with axes of a single cell, and with none
VARIED = {"wrong": 6, "right": 6, "stops": 2}  # and of those that a mistake answers so
_DRAWN = 16  # calls among which the one to ask is chosen
_MORE_DRAWN = 16  # and among which those besides are
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
        alive, everywhere = _elsewhere(alive, questions, space, rng)
        sure = sure and everywhere
    return alive, sure and confirmed >= CONFIRMATIONS and len({one.ids for one in alive}) == 1


def _standing(trial: Trial, fitted: Sequence[tuple[Candidate, Fit]]) -> list[tuple[Candidate, Fit]]:
    """Those that one answer leaves: of a call that stopped, whoever says why if anyone does."""
    explained = isinstance(trial.reply, Raised) and any(fit is Fit.AGREES for _, fit in fitted)
    gone = {Fit.REFUTED, Fit.UNEXPLAINED} if explained else {Fit.REFUTED}
    return [(one, found) for one, found in fitted if found not in gone]


def _elsewhere(
    alive: Sequence[Candidate], questions: Questions, space: Space, rng: np.random.Generator
) -> tuple[list[Candidate], bool]:
    """The ways to make a mistake that hold away from what suggested it, and whether any does.

    Where all fail, another mistake, that shows only there, comes with the one that is known.
    """
    exercise, sure = questions.exercise, True
    standing = list(alive)
    for arguments in _others(standing[0], exercise, space, rng):
        if questions.left <= 0 or questions.seconds <= 0 or not exercise.memory.effort.left(APART):
            return standing, False  # What was not asked there is not said for sure.
        trial = questions.ask(arguments)
        if trial is None:
            continue  # Nothing is right there.
        fits = [(one, fit(exercise, one, trial)) for one in standing]
        holding = [one for one, found in fits if found not in (Fit.REFUTED, Fit.UNEXPLAINED)]
        sure = sure and bool(holding)
        standing = holding or standing
    return standing, sure


def _others(
    candidate: Candidate, exercise: Exercise, space: Space, rng: np.random.Generator
) -> list[Arguments]:
    """Calls away from those that suggested a cause, where another mistake would show.

    Axes of a single cell, and none; numbers with decimals, or of bytes; and of the calls that the
    candidate answers wrong, of those that it answers right and of those that stop it, some that
    differ in all else. Of networks only the first: their images are few numbers, and a call costs
    as much as ten others.
    """
    calls = [drawn(exercise, space, rng) for _ in range(_DRAWN)]
    if any(isinstance(value, ModelSpec) for value in calls[0].values()):
        return sorted(calls, key=_ones)[: -NARROW - 1 : -1]
    calls += [drawn(exercise, space, rng) for _ in range(_MORE_DRAWN)]
    calls.sort(key=_ones)
    sides: dict[str, list[Arguments]] = {"wrong": [], "right": [], "stops": []}
    for call in calls:
        sides[_answered(candidate, exercise, call)].append(call)
    odd = next(([each] for each in calls if _odd_numbers(each)), [])
    usual = [*calls[: -NARROW - 1 : -1], *calls[:WIDE], *odd]
    told = [call for name, side in sides.items() for call in varied(side, VARIED[name])]
    answers = [*sides["wrong"], *sides["right"]]
    on_the_edge = [edge for call in answers[:1] for edge in edges(call)]
    known = {id(call) for call in usual}
    return [*usual, *(call for call in told if id(call) not in known), *on_the_edge]


def _answered(candidate: Candidate, exercise: Exercise, arguments: Arguments) -> str:
    """How a candidate answers a call."""
    answer = candidate.answer(exercise, arguments)
    if isinstance(answer, Stopped):
        return "stops"
    return "right" if key_of(answer) == key_of(expected_of(exercise, arguments)) else "wrong"


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
