"""Lo ya calculado no se calcula otra vez: las respuestas de un diagnóstico, y su coste."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec
from .changes import Arguments
from .effort import ANSWER, NETWORK, NUMBERS, Effort

_LARGE = 1 << 13  # bytes of arrays that take about as long again
_MOST_KEPT = 6_000  # answers
_MOST_BYTES = 1 << 14  # of an array that is remembered by what it holds
_PLAIN = (int, float, str, bool, type(None))

Run = Callable[[], Any]


@dataclass
class Memory:
    """What right and wrong functions answered in one diagnosis, by who answers and the call."""

    effort: Effort = field(default_factory=Effort)
    _answers: dict[Hashable, Any] = field(default_factory=dict)
    _last: tuple[Arguments | None, Hashable | None] = (None, None)

    def recall(self, who: Hashable, arguments: Arguments, run: Run, runs: float) -> Any:
        """The answer of ``who``, of ``run()`` the first time; an array comes as a copy."""
        self.effort.spent += ANSWER
        key, runs = self._key(arguments), runs * work_of(arguments)
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

    def _key(self, arguments: Arguments) -> Hashable | None:
        """That of the call; hundreds are asked of the same one in a row."""
        if self._last[0] is not arguments:
            self._last = arguments, key_of_call(arguments)
        return self._last[1]


def work_of(arguments: Arguments) -> float:
    """What a run costs: of numbers little, of a network much."""
    values = arguments.values()
    size = sum(value.nbytes for value in values if isinstance(value, np.ndarray))
    if any(isinstance(value, ModelSpec) for value in values):
        return NETWORK
    return 1 + size / _LARGE if size else NUMBERS


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
