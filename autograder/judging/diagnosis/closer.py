"""Un error que casi explica lo que llegó: quizá además se redondeó, y entonces son dos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate
from .effort import APART
from .exercise import Exercise
from .misconceptions import Misconception
from .questions import Questions
from .sight import Alone

LEAST = 2  # calls that are explained to the last digit by two mistakes, and only nearly by one


def closer(
    exercise: Exercise,
    candidate: Candidate,
    catalogue: Sequence[Misconception],
    trials: Sequence[Trial],
) -> Candidate | None:
    """The candidate with a change of its answer that gives what came to the last digit, if any.

    A mistake is recognised up to the rounding of float32 and more, so that it is whoever writes it;
    what rounds on purpose is then hidden by that tolerance.
    """
    came = [each for each in trials if _array(each) and not each.raises]
    loose = [trial for trial in came if not _exact(exercise, candidate, trial)]
    if len(candidate.mistakes) > 1 or len(loose) < LEAST:
        return None
    one = Alone(candidate.mistakes[0], None)
    for mistake in catalogue:
        other = Alone(mistake, None)
        if not (other.only_the_answer and one.goes_with(other)):
            continue
        if not exercise.memory.effort.left(APART):
            return None
        both = Candidate((one.mistake, mistake))
        if all(_exact(exercise, both, trial) for trial in (*loose, *came)):
            return both
    return None


def to_the_last_digit(candidates: Sequence[Candidate], questions: Questions) -> list[Candidate]:
    """Of several mistakes, those that give what came to the last digit; all, where none does.

    What comes in float16 is nearly that of many mistakes: of whoever rounds to three decimals too.
    """
    exercise, trials = questions.exercise, [*questions.given, *questions.asked]
    came = [each for each in trials if _array(each) and not each.raises]
    left = exercise.memory.effort.left
    exact = [
        one
        for one in candidates
        if left(APART) and all(_exact(exercise, one, trial) for trial in came)
    ]
    return exact or list(candidates)


def _array(trial: Trial) -> bool:
    value = trial.reply.value if isinstance(trial.reply, Returned) else None
    return isinstance(value, np.ndarray)


def _exact(exercise: Exercise, candidate: Candidate, trial: Trial) -> bool:
    answer: Any = candidate.answer(exercise, trial.arguments)
    assert isinstance(trial.reply, Returned)
    got = trial.reply.value
    if not isinstance(answer, np.ndarray) or answer.shape != got.shape:
        return False
    return exercise.same(trial.arguments, answer, got)
