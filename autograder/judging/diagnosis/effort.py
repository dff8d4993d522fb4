"""Cuánto puede trabajar un diagnóstico, y hasta dónde llega cada una de sus partes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MOST_WORK = 3_000.0  # runs of a right or wrong function, in one diagnosis
MOST_CPU = 0.23  # seconds of processor, for a machine so slow that the count says too little

# The work of other things, in runs.
NUMBERS, NETWORK = 0.1, 15.0  # a run of numbers, and one of a network
ANSWER = 0.02  # to change an answer that is known
COMPARED, COMPARED_NUMBERS = 0.3, 0.05  # whether an answer is what came, as the check compares
DRAWN, ASKED = 0.4, 1.0  # a call drawn from the space; one more call, there and back
LOOK, GLIMPSE = 0.04, 0.006  # to see that two mistakes do not go together, or touch the same part
CHANGED = 0.15  # what changes an answer needs no other

# How much of all the work may have been done when a part ends: what it did not reach is not said.
SINGLES = 0.4
GENERATED = 0.65
SUSPECTS, PAIRS, PAIRS_EXPLAINED = 0.78, 0.85, 0.88
SOMETIMES = 0.91
APART = 0.95
FACTS = 1.0
EXAMPLE = 1.05


@dataclass
class Effort:
    """How much a diagnosis has worked, in runs of a function; what a student's takes is not work.

    The count decides, so that the same answers are told again; the clock of this thread is there
    for slow machines only.
    """

    spent: float = 0.0
    started: float = field(default_factory=time.thread_time)
    waited: float = 0.0  # processor of the student's function, where it runs in this very thread

    def begin(self) -> None:
        """From here on it counts: to examine a function is not to diagnose it."""
        self.spent, self.started, self.waited = 0.0, time.thread_time(), 0.0

    def left(self, share: float) -> bool:
        """Whether less than a share of all the work there is to do has been done."""
        if self.spent >= share * MOST_WORK:
            return False
        return time.thread_time() - self.started - self.waited < share * MOST_CPU
