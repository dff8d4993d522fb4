"""Lo que cuesta diagnosticar: a quien acierta, y a quien se equivoca, sin contar su función."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import autograder.judging.check as checking

from .answers import WITHOUT_KERAS, unseen_answers
from .catalogued import function_checks, pairs, right_in_styles
from .heard import asks_networks, hear


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds spent in diagnoses: of wrong functions, sorted; and of right ones."""

    wrong: tuple[float, ...]
    right: tuple[float, ...]

    @staticmethod
    def at(sorted_ms: tuple[float, ...], share: float) -> float:
        return sorted_ms[min(int(share * len(sorted_ms)), len(sorted_ms) - 1)]


PAIRS = 10  # of each function, besides what the catalogue did not see


class _Watch:
    """How long the diagnosis takes, and how much of it is the student's own function."""

    def __init__(self) -> None:
        self.spent = self.own = 0.0

    def diagnosis(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start, own = time.process_time(), self.own
            try:
                return real(*args, **kwargs)
            finally:
                self.spent += time.process_time() - start - (self.own - own)

        return timed

    def function(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return real(*args, **kwargs)
            finally:
                self.own += time.process_time() - start

        return timed


def cost(seed: int, every: int = 1) -> Cost:
    """What the diagnosis of every n-th unseen answer and of pairs takes, and of right functions."""
    asked = unseen_answers(WITHOUT_KERAS)[::every]
    wrong = [_spent(a.check_id, a.function, seed) for a in asked]
    for check in function_checks():
        for both in pairs(check, PAIRS, seed, likely=False):
            wrong.append(_spent(check, both.function, seed, here=asks_networks(check)))
    right = [
        _spent(check, next(iter(right_in_styles(check).values())), seed)
        for check in function_checks()
        if not asks_networks(check)
    ]
    return Cost(tuple(sorted(wrong)), tuple(sorted(right)))


def _spent(check: Any, function: Callable[..., Any], seed: int, here: bool = False) -> float:
    watch = _Watch()
    with patch.object(checking, "_diagnosis", watch.diagnosis(checking._diagnosis)):
        hear(check, watch.function(function), seed, here=here)
    return 1000 * watch.spent
