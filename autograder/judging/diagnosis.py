"""El nombre del error: una respuesta equivocada se compara con referencias equivocadas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """A typical mistake that can be run: its id, its Spanish explanation, and what it computes.

    The id is a word (with hyphens) that stays when the explanation is written better: classes are
    counted by it. One id has one explanation in the whole course.
    """

    id: str
    cause: str
    wrong: Callable[..., Any]


@dataclass(frozen=True)
class Trial:
    """One call that came back: its arguments, the right answer, and what was received."""

    args: tuple[Any, ...]
    kwargs: Any
    expected: Any
    received: Any


def name_the_mistake(
    misconceptions: Sequence[Misconception],
    trials: Sequence[Trial],
    compare: Callable[[Any, Any, tuple[Any, ...], dict[str, Any]], Any],
) -> Misconception | None:
    """The mistake whose wrong answers are those received on every call, or None.

    A misconception must differ from the right answer somewhere to explain anything.
    """
    for misconception in misconceptions:
        explains = bool(trials)
        differs = False
        for trial in trials:
            kwargs = dict(trial.kwargs)
            try:
                wrong = misconception.wrong(*trial.args, **kwargs)
            except (ValueError, IndexError, ZeroDivisionError):
                # A wrong formula need not be defined everywhere.
                continue
            if compare(wrong, trial.received, trial.args, kwargs) is not None:
                explains = False
                break
            differs = (
                differs or compare(trial.expected, trial.received, trial.args, kwargs) is not None
            )
        if explains and differs:
            return misconception
    return None
