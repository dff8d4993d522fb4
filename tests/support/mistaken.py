"""A function with one mistake of the catalogue, as a student would have written it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

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
