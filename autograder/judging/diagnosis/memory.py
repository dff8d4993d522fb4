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
    _last: tuple[Arguments | None, Hashable | None, float] = (None, None, 0.0)

    def recall(self, who: Hashable, arguments: Arguments, run: Run, runs: float) -> Any:
        """The answer of ``who``, of ``run()`` the first time; an array comes as a copy."""
        self.effort.spent += ANSWER
        if self._last[0] is not arguments:  # Hundreds are asked of the same one in a row.
            self._last = arguments, *key_and_work(arguments)
        _, key, work = self._last
        if key is None:
            self.effort.spent += runs * work
            return run()
        known = self._answers.get((who, key), self)
        if known is self:
            self.effort.spent += runs * work
            known = run()
            if len(self._answers) >= _MOST_KEPT:
                self._answers.clear()
            if getattr(known, "nbytes", 0) > _MOST_BYTES:
                return known
            self._answers[who, key] = known
        return known.copy() if isinstance(known, np.ndarray) else known


def key_and_work(arguments: Arguments) -> tuple[Hashable | None, float]:
    """What two calls share if they are the same, and what one costs to run.

    No key of one that holds something that is not looked into. Numbers cost little, and a network
    much.
    """
    parts: list[Hashable] = []
    size, network, known = 0, False, True
    for name, value in arguments.items():
        if isinstance(value, np.ndarray):
            bytes_ = value.nbytes
            size += bytes_
            if bytes_ > _MOST_BYTES or value.dtype.hasobject:
                known = False
            elif known:
                parts.append((name, value.shape, value.dtype.char, value.tobytes()))
        elif isinstance(value, _PLAIN):
            parts.append((name, type(value), value))
        elif isinstance(value, (tuple, list)) and len(value) <= 16:
            parts.append((name, type(value), repr(value)))
        else:
            network, known = network or isinstance(value, ModelSpec), False
    work = NETWORK if network else 1 + size / _LARGE if size else NUMBERS
    return tuple(parts) if known else None, work
