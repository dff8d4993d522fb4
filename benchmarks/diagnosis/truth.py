"""Si lo que se dijo de una función es verdad: se mira con entradas que el juez no usó."""

from __future__ import annotations

import contextlib
import copy
import io
import itertools
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

import numpy as np
from harness import Loopback

from autograder.judging.check import FunctionCheck
from autograder.judging.diagnosis.asking import Signature
from autograder.judging.diagnosis.candidates import Candidate, Stopped
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.misconceptions import Misconception
from autograder.judging.remote import Remote, Returned
from autograder.wire.protocol import Connection

SEEDS = (9001, 9002)
DRAWN = 12  # calls from the check's space, beside those of its cases

UNDEFINED = object()


def new_calls(check: FunctionCheck) -> Iterator[dict[str, Any]]:
    """Named arguments: the cases of other runs, and draws from the space of inputs."""
    signature = Signature(check.reference)
    for seed in SEEDS:
        for case in check.cases(np.random.default_rng(seed)):
            if not case.raises:
                yield signature.named(case.args, dict(case.kwargs))
    space = getattr(check, "space", None)
    if space is not None:
        rng = np.random.default_rng(SEEDS[0])
        for _ in range(DRAWN):
            yield space.draw(rng)


def answered(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    """What a function answers, or ``UNDEFINED`` where it stops."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            return function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        except Exception:
            return UNDEFINED


def alive(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that takes Keras's models, asked with their descriptions: over the wire."""
    remote = Remote(cast(Connection, Loopback(function)), False)

    def asked(*args: Any, **kwargs: Any) -> Any:
        reply = remote.call(*args, **kwargs)
        if not isinstance(reply, Returned):
            raise ValueError(reply.type)
        return reply.value

    return asked


def alike(check: FunctionCheck, one: Any, other: Any, args: Any, kwargs: Any) -> bool:
    """Whether the check takes two answers for the same; both are wrong, and may be of any kind."""
    if one is UNDEFINED or other is UNDEFINED:
        return one is other
    numbers = [each for each in (one, other) if isinstance(each, np.ndarray)]
    numbers = [each for each in numbers if np.issubdtype(each.dtype, np.number)]
    # A check has no reason to find one infinity equal to another.
    if len(numbers) == 2 and np.array_equal(numbers[0], numbers[1], equal_nan=True):
        return True
    if len(numbers) == 2 and _rounded(*numbers):
        return True
    try:
        return check.compare(one, other, args, kwargs) is None
    except Exception:
        if type(one) is not type(other):
            return False
        try:
            return bool(np.allclose(one, other, equal_nan=True))
        except (TypeError, ValueError):
            return repr(one) == repr(other)  # Of lists of arrays «==» says nothing.


def _rounded(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two answers are one, rounded: what a check excuses is for sums of the right size.

    Of the product of three sums, or of a square, float32 keeps as many digits, of more.
    """
    if one.shape != other.shape:
        return False
    finite = np.isfinite(one)
    if not finite.any() or not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    left, right = one[finite].astype(np.float64), other[finite].astype(np.float64)
    return bool((np.abs(left - right) <= 1e-6 * np.abs(left).max()).all())


def made(
    check: FunctionCheck, mistakes: tuple[Misconception, ...]
) -> list[Callable[[dict[str, Any]], Any]]:
    """What is answered by whoever makes one mistake, or two at once in either order."""
    exercise = Exercise(check.reference, check.compare)
    found: list[Callable[[dict[str, Any]], Any]] = []
    for ordered in itertools.permutations(mistakes):
        found.append(partial(_answered, Candidate(ordered), exercise))
    return found


def _answered(candidate: Candidate, exercise: Exercise, arguments: dict[str, Any]) -> Any:
    return _defined(candidate.answer(exercise, arguments))


def _defined(answer: Any) -> Any:
    return UNDEFINED if isinstance(answer, Stopped) else answer


def holds(check: FunctionCheck, function: Callable[..., Any], ids: tuple[str, ...]) -> bool:
    """Whether the mistakes with these ids answer what the function does to every new call.

    Where the function or the mistake is not defined, nothing is claimed of the call.
    """
    named = [[m for m in check.misconceptions if m.id == each] for each in ids]
    if not all(named):
        # A name of any function (nothing returned, an input changed) is told by what came itself.
        return True
    return any(
        _agrees(check, function, answer)
        for chosen in itertools.product(*named)
        for answer in made(check, tuple(chosen))
    )


def _agrees(check: FunctionCheck, function: Callable[..., Any], answer: Callable[..., Any]) -> bool:
    signature, agreed = Signature(check.reference), 0
    for arguments in new_calls(check):
        args, kwargs = signature.call(arguments)
        got = answered(function, args, kwargs)
        claimed = answered(answer, (arguments,), {})
        if claimed is UNDEFINED or got is UNDEFINED:
            continue
        if not alike(check, claimed, got, args, kwargs):
            return False
        agreed += 1
    return agreed > 0


def differs(check: FunctionCheck, one: Callable[..., Any], other: Callable[..., Any]) -> bool:
    """Whether two functions of the check's arguments answer differently to some new call."""
    signature = Signature(check.reference)
    for arguments in new_calls(check):
        args, kwargs = signature.call(arguments)
        if not alike(
            check, answered(one, args, kwargs), answered(other, args, kwargs), args, kwargs
        ):
            return True
    return False
