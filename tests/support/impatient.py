"""Whether a function passes a check at all, asked as often as one likes: the first failure ends it.

The check, its inputs and its comparison are the real ones; the wire is left out, and the rest of a
verdict. A wrong function costs a call or two, so that it can be tried with many seeds.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from autograder.judging.check import Check, Findings, Rejected
from autograder.judging.comparison import Mismatch
from autograder.judging.remote import Raised, Reply, Returned


class Here:
    """A function of this process, called with copies of what it is sent."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def call(self, *args: Any, **kwargs: Any) -> Reply:
        args = tuple(map(copy.copy, args))
        try:
            value = self.function(*args, **kwargs)
        except Exception as error:
            return Raised(type(error).__name__, str(error))
        return Returned(value, args, ())

    def call_briefly(self, seconds: float, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Reply:
        return self.call(*args, **kwargs)


class _Failed(Exception):
    pass


class _Impatient(Findings):
    def fail(self, aspect: str, text: str) -> None:
        raise _Failed(text)

    def fail_in(self, case: str, aspect: str, mismatch: Mismatch) -> None:
        raise _Failed(f"{case}: {mismatch.text}")


def seeds_passed(check: Check, remote: Any, seeds: Iterable[int]) -> list[int]:
    """The seeds with which what is behind ``remote`` would have all of the points."""
    return [seed for seed in seeds if _passes(check, remote, seed)]


def _passes(check: Check, remote: Any, seed: int) -> bool:
    try:
        with np.errstate(all="ignore"):
            check.examine(remote, np.random.default_rng(seed), _Impatient(check.aspects))
    except (_Failed, Rejected):
        return False
    return True
