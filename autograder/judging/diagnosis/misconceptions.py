"""Un error típico como dato: su nombre, lo que se dice de él y lo que calcula quien lo comete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from .asking import Signature
from .changes import Arguments, Change
from .result import ANSWERS_AS


@dataclass(frozen=True)
class Misconception:
    """A typical mistake that can be run.

    Parameters
    ----------
    id : str
        A word (with hyphens) that stays when the explanation is written better: classes are counted
        by it. One id has one explanation in the whole course.
    cause : str
        What was done and what goes there, in one or two Spanish sentences.
    wrong : callable or Change
        What somebody with the mistake computes: a function of the same arguments as the right one,
        or a change of the right one. Changes compose, and so give the pairs of two mistakes.
    hint : str
        One Spanish sentence that helps without solving; empty for that of the check.
    section : str
        The lesson to read again, as ``1_convolucion#voltear-el-kernel``: notebook and heading.
    applies : callable, optional
        Of a call's named arguments, whether the mistake can be seen there at all.
    rare : bool
        Made by generation, one slip in each place of the formula: looked for where no usual one
        explains what came, and never as one of a pair.
    """

    id: str
    cause: str
    wrong: Callable[..., Any] | Change
    hint: str = ""
    section: str = ""
    applies: Callable[[Arguments], bool | None] | None = None
    rare: bool = False

    @property
    def told(self) -> str:
        """The cause, and the formula of this very way to make it, where it has one."""
        words = self.wrong.words if isinstance(self.wrong, Change) else ""
        return f"{self.cause}{ANSWERS_AS}{words})" if words else self.cause

    def answer(self, right: Callable[..., Any], arguments: Arguments) -> Any:
        """What is answered to a call with these named arguments where ``right`` is the truth."""
        if isinstance(self.wrong, Change):
            return self.wrong.answer(right, arguments)
        args, kwargs = Signature(right).call(arguments)
        return self.wrong(*args, **kwargs)


class Lately(Sequence[Misconception]):
    """A catalogue that is made when somebody looks into it.

    A right function never does, and a student's first check waits for no catalogue.

    Parameters
    ----------
    make : callable
        Its entries.
    """

    def __init__(self, make: Callable[[], Iterable[Misconception]]) -> None:
        self._make = make

    @cached_property
    def _entries(self) -> tuple[Misconception, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, place: int) -> Misconception: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Misconception, ...]: ...
    def __getitem__(self, place: int | slice) -> Misconception | tuple[Misconception, ...]:
        return self._entries[place]

    def __len__(self) -> int:
        return len(self._entries)
