"""Lo que se pedía, sobre argumentos con nombre: la respuesta correcta y cuándo dos son la misma."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..comparison import CloseArrays, Mismatch
from .asking import Signature
from .changes import Arguments
from .effort import COMPARED, COMPARED_NUMBERS
from .memory import Memory

Compare = Callable[[Any, Any, tuple[Any, ...], dict[str, Any]], Mismatch | None]
_ROUNDING = 1e-5
_FOUR_DIGITS, _HALF_PRECISION = 1e-4, 4e-3  # of the largest number of an answer
_SURELY_APART = 2e-2  # of the largest number, more than any rounding
_MOST_ITEMS, _MOST_DEPTH = 16, 3


@dataclass(frozen=True)
class Exercise:
    """A right function and how its check compares answers."""

    right: Callable[..., Any]
    compare: Compare
    signature: Signature = field(init=False, repr=False, compare=False)
    memory: Memory = field(default_factory=Memory, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signature", Signature(self.right))

    def expected(self, arguments: Arguments) -> Any:
        """The right answer; whatever the right function raises, raised."""
        return self.memory.recall((), arguments, lambda: self._right(arguments), 1.0)

    def _right(self, arguments: Arguments) -> Any:
        args, kwargs = self.signature.call(arguments)
        return self.right(*args, **kwargs)

    def same(self, arguments: Arguments, answer: Any, got: Any) -> bool:
        """Whether ``got`` is ``answer`` as far as the check can tell them apart.

        An answer may be of a kind that the check never compares with (None, a fraction where whole
        numbers go): then it is compared as what it is.
        """
        arrays = isinstance(answer, np.ndarray)
        self.memory.effort.spent += COMPARED if arrays else COMPARED_NUMBERS
        args, kwargs = self.signature.call(arguments)
        try:
            compare = self._comparison(arguments)
            if isinstance(compare, CloseArrays):
                close = _close(answer, got, compare.tolerance())
                if close is not None:
                    return close
            if compare(answer, got, args, kwargs) is None:
                return True
        except Exception:
            return alike(answer, got)
        # A check has no reason to find None equal to None, or one infinity to another.
        return not _finite(answer) and alike(answer, got)

    def _comparison(self, arguments: Arguments) -> Compare:
        """The check's own; what it allows for rounding is found once for each call."""
        compare = self.compare
        if not isinstance(compare, CloseArrays):
            return compare
        tolerance = compare.tolerance
        args, kwargs = self.signature.call(arguments)
        known = self.memory.recall(CloseArrays, arguments, lambda: tolerance(*args, **kwargs), 1.0)
        return CloseArrays(lambda *args, **kwargs: known)

    def agrees(self, arguments: Arguments, answer: Any, got: Any, loose: float = 0.0) -> bool:
        """Whether ``got`` is what a mistake answers, however it rounds.

        A mistake may add up far more than the right function does, and the check's own tolerance
        is for the right one; hundreds of numbers agree in four digits with no other.
        """
        if _far_apart(answer, got):
            return False  # At once: to compare as the check does is the work of another call.
        if _equal(answer, got) or self.same(arguments, answer, got):
            return True
        if isinstance(answer, (tuple, list)):
            return (
                type(answer) is type(got)
                and 0 < len(answer) == len(got) <= _MOST_ITEMS
                and all(_rounded(one, other) for one, other in zip(answer, got, strict=True))
            )
        return _rounded(answer, got, loose)


def _rounded(answer: Any, got: Any, loose: float = 0.0) -> bool:
    """Whether two arrays agree in four digits of their largest number, or that far from it."""
    if not (isinstance(answer, np.ndarray) and isinstance(got, np.ndarray)):
        return False
    if answer.shape != got.shape or got.dtype.kind != "f" or not _finite(answer):
        return False
    rounding = _HALF_PRECISION if got.dtype.itemsize == 2 else _FOUR_DIGITS
    most = max(rounding, loose) * float(np.max(np.abs(answer), initial=0.0))
    return bool((np.abs(got.astype(float) - answer.astype(float)) <= most).all())


def _equal(answer: Any, got: Any) -> bool:
    """Whether two arrays of numbers are the same to the last bit: no check tells them apart."""
    return (
        isinstance(answer, np.ndarray)
        and isinstance(got, np.ndarray)
        and got.dtype.kind in "fiu"
        and answer.dtype.kind in "fiu"
        and np.array_equal(answer, got)
    )


def _far_apart(answer: Any, got: Any) -> bool:
    if not (isinstance(answer, np.ndarray) and isinstance(got, np.ndarray)):
        return False
    if answer.shape != got.shape:
        return True
    if answer.dtype.kind not in "fiu" or got.dtype.kind not in "fiu" or not answer.size:
        return False
    largest = float(np.abs(answer).max())
    if not math.isfinite(largest):
        return False
    return not np.abs(got - answer.astype(np.float64)).max() <= _SURELY_APART * largest


def _close(answer: Any, got: Any, tolerance: float) -> bool | None:
    """Whether a check of arrays finds two equal; None where numbers are not all there is to it.

    The check itself says besides where they are not, which takes longer than to see it.
    """
    if not (isinstance(answer, np.ndarray) and isinstance(got, np.ndarray)):
        return None
    if answer.dtype.kind not in "fiu" or got.dtype.kind not in "fiu" or answer.shape != got.shape:
        return None
    apart = np.abs(got.astype(np.float64) - answer.astype(np.float64))
    most = float(apart.max(initial=0.0))
    return most <= tolerance if math.isfinite(most) else None


def _finite(answer: Any) -> bool:
    if isinstance(answer, np.ndarray):
        return bool(np.isfinite(answer).all())
    return isinstance(answer, (int, float, np.generic))


def _whole(number: Any) -> bool:
    """Whether a number is of a kind without decimals: 1 and 1.0 are not the same answer."""
    return isinstance(number, (int, np.integer))


def alike(one: Any, other: Any, depth: int = 0) -> bool:
    """Whether two answers of any kind are equal, up to the rounding of float32.

    Of long or deep lists it is not looked at: no answer of the course is one.
    """
    if isinstance(one, (tuple, list)):
        if type(one) is not type(other) or len(one) != len(other) or len(one) > _MOST_ITEMS:
            return False
        return depth < _MOST_DEPTH and all(
            alike(a, b, depth + 1) for a, b in zip(one, other, strict=True)
        )
    numeric = (int, float, np.ndarray, np.generic)
    if not (isinstance(one, numeric) and isinstance(other, numeric)):
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, np.ndarray) != isinstance(other, np.ndarray):
        return False
    if type(one) is int and type(other) is int:
        return math.isclose(one, other, rel_tol=_ROUNDING, abs_tol=1e-8)
    if not isinstance(one, np.ndarray) and _whole(one) != _whole(other):
        return False
    a, b = np.asarray(one), np.asarray(other)
    if not all(np.issubdtype(each.dtype, np.number) or each.dtype == np.bool_ for each in (a, b)):
        return False
    if a.shape != b.shape or (a.dtype == np.bool_) != (b.dtype == np.bool_):
        return False
    return bool(np.allclose(a.astype(float), b.astype(float), _ROUNDING, 1e-8, equal_nan=True))
