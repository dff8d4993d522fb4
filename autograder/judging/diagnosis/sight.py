"""Una llamada vista por el catálogo: lo que respondería en ella cada error solo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate, Stopped
from .changes import PLAIN, Change
from .effort import CHANGED, PAIRS
from .exercise import Exercise
from .misconceptions import Misconception


@dataclass(frozen=True)
class Alone:
    """A mistake, and what it alone answers to a call."""

    mistake: Misconception
    answer: Any

    @cached_property
    def parts(self) -> frozenset[str]:
        wrong = self.mistake.wrong
        return frozenset(wrong.part.split("+")) if isinstance(wrong, Change) else frozenset()

    @property
    def replaces(self) -> bool:
        """Whether it computes with another function than the right one: then it goes inside."""
        wrong = self.mistake.wrong
        return not isinstance(wrong, Change) or wrong.core is not PLAIN.core

    @cached_property
    def only_the_answer(self) -> bool:
        """Whether it is what comes out that is changed, and nothing else."""
        wrong = self.mistake.wrong
        return (
            isinstance(wrong, Change)
            and wrong.before is PLAIN.before
            and wrong.core is PLAIN.core
            and self.mistake.applies is None
        )

    def goes_with(self, other: Alone) -> bool:
        """Whether the two may be made at once."""
        return self.mistake.id != other.mistake.id and not self.parts & other.parts


@dataclass(frozen=True)
class Sight:
    """One call that came back, and what can be told there of one mistake and of two."""

    exercise: Exercise
    trial: Trial
    glance: Glance

    @classmethod
    def of(cls, exercise: Exercise, trial: Trial) -> Sight:
        return cls(exercise, trial, Glance.at(trial))

    def alone(self, mistake: Misconception) -> Alone:
        return Alone(mistake, Candidate((mistake,)).answer(self.exercise, self.trial.arguments))

    def agrees(self, answer: Any) -> bool:
        """Whether an answer is what came."""
        assert isinstance(self.trial.reply, Returned)
        return (
            not isinstance(answer, Stopped)
            and self.glance.may_be(answer)
            and self.exercise.agrees(self.trial.arguments, answer, self.trial.reply.value)
        )

    def right(self, answer: Any) -> bool:
        """Whether an answer is the right one: what gives it does not show here."""
        return not isinstance(answer, Stopped) and self.exercise.agrees(
            self.trial.arguments, self.trial.expected, answer
        )

    def shown(self, catalogue: Sequence[Misconception]) -> list[Alone]:
        """The mistakes that show here, each with its answer, as far as the work goes."""
        found = []
        for mistake in catalogue:
            if not self.exercise.memory.effort.left(PAIRS):
                break
            one = self.alone(mistake)
            if not self.right(one.answer):
                found.append(one)
        return found

    def changes(self, catalogue: Sequence[Misconception], shown: Sequence[Alone]) -> list[Alone]:
        """What changes an answer and does not show here: of a wrong answer it may.

        A ReLU does nothing to what is positive, until another mistake makes it negative.
        """
        known = {id(one.mistake) for one in shown}
        hidden = (Alone(m, self.trial.expected) for m in catalogue if id(m) not in known)
        return [one for one in hidden if one.only_the_answer]

    def both(self, inner: Alone, outer: Alone) -> Any:
        """What both at once answer, ``inner`` nearer to the right function."""
        if not outer.only_the_answer:
            pair = Candidate((inner.mistake, outer.mistake))
            return pair.answer(self.exercise, self.trial.arguments)
        if isinstance(inner.answer, Stopped):
            return inner.answer
        assert isinstance(outer.mistake.wrong, Change)
        self.exercise.memory.effort.spent += CHANGED
        try:
            return outer.mistake.wrong.after(_own(inner.answer), self.trial.arguments)
        except Exception as error:
            return Stopped(type(error).__name__)


def _own(answer: Any) -> Any:
    return answer.copy() if isinstance(answer, np.ndarray) else answer


@dataclass(frozen=True)
class Glance:
    """One number of what came, where it is most wrong: thousands of answers differ from it."""

    shape: tuple[int, ...] | None
    place: tuple[int, ...] = ()
    number: float = 0.0

    @classmethod
    def at(cls, trial: Trial) -> Glance:
        assert isinstance(trial.reply, Returned)
        got, expected = trial.reply.value, trial.expected
        if not (arrays(got, expected) and got.size and got.dtype.kind in "fiu"):
            return cls(None)
        place = 0
        if got.shape == expected.shape:
            place = int(np.argmax(np.abs(got.astype(np.float64) - expected)))
        where = tuple(map(int, np.unravel_index(place, got.shape)))
        return cls(got.shape, where, float(got[where]))

    def may_be(self, answer: Any) -> bool:
        if self.shape is None or not isinstance(answer, np.ndarray):
            return True
        if answer.shape != self.shape:
            return False
        apart = abs(float(answer[self.place]) - self.number)
        return not apart > 0.05 * abs(self.number) + 0.05


def arrays(*values: Any) -> bool:
    return all(isinstance(value, np.ndarray) for value in values)
