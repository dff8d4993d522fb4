"""Lo que podría explicar lo que llegó: un error del catálogo, o dos de distinta parte a la vez."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from ..remote import Raised, Returned
from .asking import Trial
from .changes import PLAIN, Arguments, Change
from .exercise import Exercise
from .misconceptions import Misconception
from .named_stops import named_error
from .sizes import size_of
from .stop_kinds import NEGATIVE


class Fit(Enum):
    """How an answer and what a candidate would have answered go together."""

    AGREES = 1
    NEUTRAL = 2  # nothing is said there, for or against
    UNEXPLAINED = 3  # the function stopped, or did not, and the candidate does not say why
    REFUTED = 4


@dataclass(frozen=True)
class Stopped:
    """A candidate answers with an exception: of that type, saying that, with what it is given."""

    type: str
    message: str = ""


@dataclass(frozen=True)
class Candidate:
    """One mistake, or two at once, that can be run: nearer to the right function first.

    ``alone``: of all the ways to make it that are known, no other explains what was asked.
    """

    mistakes: tuple[Misconception, ...]
    alone: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.mistakes)

    @property
    def loose(self) -> float:
        """How far from its answer is still its answer, of the largest number."""
        ways = (one.wrong for one in self.mistakes)
        return max((way.loose for way in ways if isinstance(way, Change)), default=0.0)

    @property
    def causes(self) -> tuple[str, ...]:
        return tuple(one.told if self.alone else one.cause for one in self.mistakes)

    def answer(self, exercise: Exercise, arguments: Arguments) -> Any:
        """What whoever makes these mistakes answers; ``Stopped`` where that is an exception."""
        try:
            with np.errstate(all="ignore"):
                return _made(exercise, self.mistakes, arguments)
        except Exception as error:
            # A wrong formula need not be defined everywhere.
            return Stopped(type(error).__name__, str(error))


def _made(exercise: Exercise, mistakes: tuple[Misconception, ...], arguments: Arguments) -> Any:
    """What is answered with these mistakes, the first of them nearest to the right function."""
    if not mistakes:
        return exercise.expected(arguments)
    *inner, outer = mistakes

    def nearer(**given: Any) -> Any:
        return _made(exercise, tuple(inner), given)

    def run() -> Any:
        if outer.applies is not None and not outer.applies(arguments):
            return nearer(**arguments)
        if isinstance(outer.wrong, Change):
            return outer.wrong.answer(nearer, arguments)
        args, kwargs = exercise.signature.call(arguments)
        return outer.wrong(*args, **kwargs)

    if inner:
        return run()
    runs = 0.0 if isinstance(outer.wrong, Change) and outer.wrong.core is PLAIN.core else 1.0
    return exercise.memory.recall(id(outer), arguments, run, runs)


def fit(exercise: Exercise, candidate: Candidate, trial: Trial) -> Fit:
    """Whether a candidate explains one answer."""
    answer, reply = candidate.answer(exercise, trial.arguments), trial.reply
    if isinstance(reply, Returned):
        if isinstance(answer, Stopped):
            # Whoever is right where the mistake stops does not make it, or not only so.
            return Fit.NEUTRAL if _wrong(exercise, trial) else Fit.UNEXPLAINED
        if not exercise.agrees(trial.arguments, answer, reply.value, candidate.loose):
            return Fit.REFUTED if trial.raises is None else Fit.UNEXPLAINED
        # What agrees only because it is rounded, and is the right answer, is not why it is wrong.
        right = trial.raises is None and exercise.same(trial.arguments, trial.expected, answer)
        return Fit.REFUTED if right and _wrong(exercise, trial) else Fit.AGREES
    if isinstance(reply, Raised) and isinstance(answer, Stopped):
        if reply.type == answer.type:
            return Fit.NEUTRAL if _for_another_reason(reply, answer) else Fit.AGREES
        return Fit.UNEXPLAINED if trial.raises else Fit.NEUTRAL
    right = isinstance(reply, Raised) and reply.type == trial.raises
    return Fit.NEUTRAL if right else Fit.UNEXPLAINED


def _for_another_reason(reply: Raised, answer: Stopped) -> bool:
    """Whether one says that a size is negative, and the other something else that is known.

    Shapes that do not go together are said in as many ways as there are of writing a product; a
    negative size is not one of them.
    """
    both = [named_error(each) for each in (reply, Raised(answer.type, answer.message))]
    known = {each.id for each in both if each is not None}
    return None not in both and len(known) == 2 and NEGATIVE in known


@dataclass(frozen=True)
class Evidence:
    """The answers that came, those that say most first, each with whether it is wrong."""

    exercise: Exercise
    trials: tuple[tuple[Trial, bool], ...]

    @classmethod
    def of(cls, exercise: Exercise, trials: Sequence[Trial]) -> Evidence:
        known = [(trial, _wrong(exercise, trial)) for trial in trials]
        # A wrong answer refutes most of what is not its cause.
        # Of several, a small one refutes as much as a large one, and costs less.
        known.sort(
            key=lambda each: (
                not isinstance(each[0].reply, Returned),  # What stopped refutes nothing.
                not each[1],
                sum(map(size_of, each[0].arguments.values())),
            )
        )
        return cls(exercise, tuple(known))

    @property
    def tells(self) -> bool:
        """Whether something wrong came back: what always stops looks like many mistakes."""
        return any(wrong and isinstance(trial.reply, Returned) for trial, wrong in self.trials)

    @property
    def only_stops(self) -> bool:
        """Whether all that is wrong is that it stops, and it is right elsewhere."""
        wrong = [trial for trial, wrong in self.trials if wrong]
        works = len(wrong) < len(self.trials)
        return works and all(isinstance(each.reply, Raised) and not each.raises for each in wrong)

    def explained(self, candidate: Candidate) -> bool | None:
        """True where every call is explained, False where all that came back is; None, refuted."""
        if not any(isinstance(trial.reply, Returned) for trial, _ in self.trials):
            return None
        whole, seen, stops, works = True, 0, False, False
        innocent = 0  # calls that stop where the candidate is right: another mistake stops them
        stopped = 0
        for trial, wrong in self.trials:
            found = fit(self.exercise, candidate, trial)
            if found is Fit.REFUTED:
                return None
            whole = whole and found is not Fit.UNEXPLAINED
            stopped += found is Fit.UNEXPLAINED and wrong
            innocent += found is Fit.UNEXPLAINED and wrong and self._right(candidate, trial)
            if found is Fit.AGREES:
                returned = isinstance(trial.reply, Returned)
                seen += wrong and returned
                stops = stops or (wrong and not returned)
                works = works or (not wrong and returned)
        if not whole and (innocent >= seen or (len(candidate.mistakes) > 1 and stopped > seen)):
            # Of two mistakes and one more, that stops it most times, nothing is known.
            return None
        # That both stop somewhere says little, unless both are right everywhere else.
        return whole if seen or (stops and works and whole) else None

    def unsaid(self, candidate: Candidate) -> bool:
        """Whether something wrong came back where the candidate stops: it does not say why."""
        return any(
            wrong
            and isinstance(trial.reply, Returned)
            and fit(self.exercise, candidate, trial) is Fit.NEUTRAL
            for trial, wrong in self.trials
        )

    def _right(self, candidate: Candidate, trial: Trial) -> bool:
        """Whether the candidate gives the right answer to a call."""
        answer = candidate.answer(self.exercise, trial.arguments)
        return trial.raises is None and self.exercise.same(trial.arguments, trial.expected, answer)


def _wrong(exercise: Exercise, trial: Trial) -> bool:
    reply = trial.reply
    if trial.raises is not None:
        return not (isinstance(reply, Raised) and reply.type == trial.raises)
    return not (
        isinstance(reply, Returned) and exercise.same(trial.arguments, trial.expected, reply.value)
    )
