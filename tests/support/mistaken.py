"""A function with one mistake of the catalogue, as a student would have written it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from autograder.judging.check import Case, FunctionCheck
from autograder.judging.diagnosis.asking import Signature
from autograder.judging.diagnosis.changes import Change
from autograder.judging.diagnosis.misconceptions import Misconception


def mistaken(
    check: FunctionCheck, mistake: Misconception, refused: Iterable[Case] = ()
) -> Callable[..., Any]:
    """What somebody with this mistake wrote; a formula of its own refuses what is asked for.

    A change of the right function refuses what that does, unless not to refuse is the mistake.
    """
    signature, cases = Signature(check.reference), list(refused)

    def function(*args: Any, **kwargs: Any) -> Any:
        if not isinstance(mistake.wrong, Change) and any(
            case.args == args and dict(case.kwargs) == kwargs for case in cases
        ):
            raise ValueError
        return mistake.answer(check.reference, signature.named(args, kwargs))

    return function


def is_the_right_one(check: FunctionCheck, mistake: Misconception, drawn: int = 60) -> bool:
    """Whether one made by generation answers as the right function to whatever may be asked.

    A slip in a formula may be another way to write it; it is none of the mistakes to catch.
    """
    rng = np.random.default_rng(2027)
    calls = [Signature(check.reference).named(one.args, dict(one.kwargs)) for one in _valid(check)]
    if check.space is not None:
        calls += [check.space.draw(rng) for _ in range(drawn)]
    return all(_same(check, mistake, given) for given in calls)


def _valid(check: FunctionCheck) -> Iterator[Case]:
    for seed in (101, 102, 103):
        yield from (one for one in check.cases(np.random.default_rng(seed)) if not one.raises)


def _same(check: FunctionCheck, mistake: Misconception, given: dict[str, Any]) -> bool:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            right = check.reference(**given)
        except Exception:
            return True  # Nobody asks it.
        try:
            answer = mistake.answer(check.reference, given)
            return np.shape(answer) == np.shape(right) and np.allclose(
                answer, right, rtol=1e-3, atol=1e-4, equal_nan=True
            )
        except Exception:
            return False
