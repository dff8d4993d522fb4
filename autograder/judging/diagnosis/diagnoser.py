"""El nombre del error: una respuesta equivocada se compara con las de quien comete cada uno."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .asking import Signature
from .misconceptions import Misconception


@dataclass(frozen=True)
class Trial:
    """One call that came back: its arguments, the right answer, and what was received."""

    args: tuple[Any, ...]
    kwargs: Any
    expected: Any
    received: Any


def name_the_mistake(
    right: Callable[..., Any],
    misconceptions: Sequence[Misconception],
    trials: Sequence[Trial],
    compare: Callable[[Any, Any, tuple[Any, ...], dict[str, Any]], Any],
) -> Misconception | None:
    """The mistake whose wrong answers are those received on every call, or None.

    A misconception must differ from the right answer somewhere to explain anything.
    """
    signature = Signature(right)
    for misconception in misconceptions:
        explains = bool(trials)
        differs = False
        for trial in trials:
            kwargs = dict(trial.kwargs)
            try:
                wrong = misconception.answer(right, signature.named(trial.args, kwargs))
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
