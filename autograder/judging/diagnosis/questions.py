"""Preguntar más: pocas veces, sin esperar mucho a quien tarda, y recordando lo que respondió."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..remote import Raised, Reply, Returned
from .asking import TOO_LONG, Asker, Call, Trial
from .changes import Arguments
from .effort import ASKED, DRAWN
from .exercise import Exercise
from .sizes import bulky, has_many_parts
from .space import Space

MOST_CALLS = 160  # of one diagnosis
MOST_SECONDS = 1.0  # waiting for a student's function, all its calls together
UNDEFINED = object()


@dataclass
class Questions:
    """More calls of a student's function, within limits.

    The calls are what bounds a diagnosis; the clock is there for a function that is slow even on
    three pixels, and nothing else is decided by it.
    """

    exercise: Exercise
    asker: Asker
    left: int = MOST_CALLS
    seconds: float = MOST_SECONDS
    asked: list[Trial] = field(default_factory=list)
    given: tuple[Trial, ...] = ()  # what the check had asked before

    def ask(self, arguments: Arguments) -> Trial | None:
        """What was answered to one more call; None where none may be made, or nothing is right."""
        if self.left <= 0 or self.seconds <= 0:
            return None
        expected = expected_of(self.exercise, arguments)
        if expected is UNDEFINED:
            return None
        self.left -= 1
        self.exercise.memory.effort.spent += ASKED
        start, worked = time.monotonic(), time.thread_time()
        reply: Reply = self.asker.ask(Call(arguments))
        self.seconds -= time.monotonic() - start
        self.exercise.memory.effort.waited += time.thread_time() - worked
        if isinstance(reply, Raised) and reply.type == TOO_LONG:
            # Nothing is said of what was not waited for, or is huge, and nothing more is asked.
            self.left = 0
            return None
        if isinstance(reply, Returned) and (has_many_parts(reply.value) or bulky(reply.value)):
            self.left = 0
            return None
        trial = Trial(arguments, expected, reply)
        self.asked.append(trial)
        return trial

    def fails(self, trial: Trial) -> bool:
        """Whether the answer is not the right one."""
        return not (
            isinstance(trial.reply, Returned)
            and self.exercise.same(trial.arguments, trial.expected, trial.reply.value)
        )


def expected_of(exercise: Exercise, arguments: Arguments) -> Any:
    """The right answer, or ``UNDEFINED`` where an exception is."""
    try:
        return exercise.expected(arguments)
    except Exception:
        return UNDEFINED


def drawn(exercise: Exercise, space: Space, rng: np.random.Generator) -> Arguments:
    """A call from the space of inputs; to draw it is work too."""
    exercise.memory.effort.spent += DRAWN
    return space.draw(rng)
