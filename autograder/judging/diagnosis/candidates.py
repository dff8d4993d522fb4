"""Lo que podría explicar lo que llegó: un error del catálogo, o dos de distinta parte a la vez."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

import numpy as np

from ..remote import Raised, Returned
from .asking import Signature, Trial
from .changes import Arguments, Change
from .exercise import Exercise
from .misconceptions import Misconception

MOST_PAIRS = 1500  # that are run on one small call


class Fit(Enum):
    """How an answer and what a candidate would have answered go together."""

    AGREES = 1
    NEUTRAL = 2  # nothing is said there, for or against
    UNEXPLAINED = 3  # the function stopped, or did not, and the candidate does not say why
    REFUTED = 4


@dataclass(frozen=True)
class Stopped:
    """A candidate answers with an exception: of that type, with what it is given."""

    type: str


@dataclass(frozen=True)
class Candidate:
    """One mistake, or two at once, that can be run: nearer to the right function first."""

    mistakes: tuple[Misconception, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.mistakes)

    def answer(self, exercise: Exercise, arguments: Arguments) -> Any:
        """What whoever makes these mistakes answers; ``Stopped`` where that is an exception."""
        right: Callable[..., Any] = exercise.right
        for mistake in self.mistakes[:-1]:
            right = _made(mistake, right, exercise.signature)
        try:
            with np.errstate(all="ignore"):
                return _made(self.mistakes[-1], right, exercise.signature)(**arguments)
        except Exception as error:
            # A wrong formula need not be defined everywhere.
            return Stopped(type(error).__name__)


def _made(
    mistake: Misconception, right: Callable[..., Any], signature: Signature
) -> Callable[..., Any]:
    """``right`` with a mistake in it, on named arguments."""

    def wrong(**arguments: Any) -> Any:
        if mistake.applies is not None and not mistake.applies(arguments):
            return right(**arguments)
        if isinstance(mistake.wrong, Change):
            return mistake.wrong.answer(right, arguments)
        args, kwargs = signature.call(arguments)
        return mistake.wrong(*args, **kwargs)

    return wrong


def fit(exercise: Exercise, candidate: Candidate, trial: Trial) -> Fit:
    """Whether a candidate explains one answer."""
    answer, reply = candidate.answer(exercise, trial.arguments), trial.reply
    if isinstance(reply, Returned):
        if isinstance(answer, Stopped):
            # Whoever is right where the mistake stops does not make it, or not only so.
            return Fit.NEUTRAL if _wrong(exercise, trial) else Fit.UNEXPLAINED
        if exercise.agrees(trial.arguments, answer, reply.value):
            return Fit.AGREES
        return Fit.REFUTED if trial.raises is None else Fit.UNEXPLAINED
    if isinstance(reply, Raised) and isinstance(answer, Stopped):
        if reply.type == answer.type:
            return Fit.AGREES
        return Fit.UNEXPLAINED if trial.raises else Fit.NEUTRAL
    right = isinstance(reply, Raised) and reply.type == trial.raises
    return Fit.NEUTRAL if right else Fit.UNEXPLAINED


@dataclass(frozen=True)
class Evidence:
    """The answers that came, those that say most first, each with whether it is wrong."""

    exercise: Exercise
    trials: tuple[tuple[Trial, bool], ...]

    @classmethod
    def of(cls, exercise: Exercise, trials: Sequence[Trial]) -> Evidence:
        known = [(trial, _wrong(exercise, trial)) for trial in trials]
        # A wrong answer refutes most of what is not its cause.
        known.sort(key=lambda each: (not each[1], not isinstance(each[0].reply, Returned)))
        return cls(exercise, tuple(known))

    def explained(self, candidate: Candidate) -> bool | None:
        """True where every call is explained, False where all that came back is; None, refuted."""
        whole, seen, stops = True, False, False
        for trial, wrong in self.trials:
            found = fit(self.exercise, candidate, trial)
            if found is Fit.REFUTED:
                return None
            whole = whole and found is not Fit.UNEXPLAINED
            if wrong and found is Fit.AGREES:
                seen = seen or isinstance(trial.reply, Returned)
                stops = stops or isinstance(trial.reply, Raised)
        # That both stop somewhere says little by itself.
        return whole if seen or (stops and whole) else None


def _wrong(exercise: Exercise, trial: Trial) -> bool:
    reply = trial.reply
    if trial.raises is not None:
        return not (isinstance(reply, Raised) and reply.type == trial.raises)
    return not (
        isinstance(reply, Returned) and exercise.same(trial.arguments, trial.expected, reply.value)
    )


def pairs(
    exercise: Exercise, catalogue: Sequence[Misconception], probe: Trial
) -> Iterator[Candidate]:
    """The pairs of mistakes of different parts that answer ``probe`` as it was answered.

    Neither of the two may be without effect on it, or change the shape of an answer whose shape
    was right.
    """
    if not isinstance(probe.reply, Returned):
        return
    got, expected = probe.reply.value, probe.expected
    shape_is_right = np.shape(got) == np.shape(expected) if _array(got, expected) else True
    alone = []
    for mistake in catalogue:
        answer = Candidate((mistake,)).answer(exercise, probe.arguments)
        if isinstance(answer, Stopped) or exercise.same(probe.arguments, expected, answer):
            continue
        if shape_is_right and _array(answer, expected) and answer.shape != expected.shape:
            continue
        alone.append(mistake)
    for candidate in islice(_likeliest_first(alone), MOST_PAIRS):
        answer = candidate.answer(exercise, probe.arguments)
        if not isinstance(answer, Stopped) and exercise.agrees(probe.arguments, answer, got):
            yield candidate


def _likeliest_first(mistakes: Sequence[Misconception]) -> Iterator[Candidate]:
    count = len(mistakes)
    for total in range(2 * count - 2):
        for first in range(max(0, total - count + 1), (total + 1) // 2):
            one, other = mistakes[first], mistakes[total - first]
            if one.id != other.id and (pair := _composed(one, other)):
                yield Candidate(pair)


def _composed(
    one: Misconception, other: Misconception
) -> tuple[Misconception, Misconception] | None:
    """Both, in the order in which they can be made; None where one is instead of the other."""
    if isinstance(one.wrong, Change) and isinstance(other.wrong, Change):
        parts, others = set(one.wrong.part.split("+")), set(other.wrong.part.split("+"))
        if parts & others:
            return None
        # What changes the answer comes after what changes the arguments.
        return (other, one) if "salida" in parts else (one, other)
    if isinstance(other.wrong, Change):
        return one, other
    return (other, one) if isinstance(one.wrong, Change) else None


def _array(*values: Any) -> bool:
    return all(isinstance(value, np.ndarray) for value in values)
