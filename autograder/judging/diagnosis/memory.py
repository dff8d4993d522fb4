"""Lo ya calculado no se calcula otra vez: las respuestas de un diagnóstico, y su coste."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec
from .changes import Arguments

MOST_WORK = 1_700.0  # runs of a right or wrong function, in one diagnosis
MOST_CPU = 0.5  # seconds of processor, for a machine so slow that the count says too little
_NUMBERS, _NETWORK = 0.1, 15.0  # the work of a run of numbers, and of one of a network
_LARGE = 1 << 13  # bytes of arrays that take about as long again
_ANSWER = 0.02  # of a run: changing an answer that is known
_MOST_KEPT = 6_000  # answers
_MOST_BYTES = 1 << 14  # of an array that is remembered by what it holds
_PLAIN = (int, float, str, bool, type(None))

Run = Callable[[], Any]


@dataclass
class Effort:
    """How much a diagnosis has worked, in runs of a function; what a student's takes is not work.

    The count decides, so that the same answers are told again; the clock of this thread is there
    for slow machines only.
    """

    spent: float = 0.0
    started: float = field(default_factory=time.thread_time)
    waited: float = 0.0  # processor of the student's function, where it runs in this very thread

    def left(self, share: float = 1.0) -> bool:
        """Whether less than a share of all the work there is to do has been done."""
        if self.spent >= share * MOST_WORK:
            return False
        return time.thread_time() - self.started - self.waited < share * MOST_CPU


@dataclass
class Memory:
    """What right and wrong functions answered in one diagnosis, by who answers and the call."""

    effort: Effort = field(default_factory=Effort)
    _answers: dict[Hashable, Any] = field(default_factory=dict)

    def recall(self, who: Hashable, arguments: Arguments, run: Run, runs: float) -> Any:
        """The answer of ``who``, of ``run()`` the first time; an array comes as a copy."""
        self.effort.spent += _ANSWER
        key, runs = key_of_call(arguments), runs * work_of(arguments)
        if key is None:
            self.effort.spent += runs
            return run()
        known = self._answers.get((who, key), self)
        if known is self:
            self.effort.spent += runs
            known = run()
            if len(self._answers) >= _MOST_KEPT:
                self._answers.clear()
            if getattr(known, "nbytes", 0) > _MOST_BYTES:
                return known
            self._answers[who, key] = known
        return known.copy() if isinstance(known, np.ndarray) else known


def work_of(arguments: Arguments) -> float:
    """What a run costs: of numbers little, of a network much."""
    values = arguments.values()
    size = sum(value.nbytes for value in values if isinstance(value, np.ndarray))
    if any(isinstance(value, ModelSpec) for value in values):
        return _NETWORK
    return 1 + size / _LARGE if size else _NUMBERS


def key_of_call(arguments: Arguments) -> Hashable | None:
    """What two calls share if they are the same; None of one that holds something else."""
    parts: list[Hashable] = []
    for name, value in arguments.items():
        if isinstance(value, np.ndarray):
            if value.nbytes > _MOST_BYTES or value.dtype.hasobject:
                return None
            parts.append((name, value.shape, value.dtype.str, value.tobytes()))
        elif isinstance(value, _PLAIN):
            parts.append((name, type(value), value))
        elif isinstance(value, (tuple, list)) and len(value) <= 16:
            parts.append((name, type(value), repr(value)))
        else:
            return None
    return tuple(parts)
