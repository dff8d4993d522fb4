"""Por qué se detiene una función, con un nombre: el de la excepción que más la detuvo."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..remote import Raised, Returned
from .asking import TOO_LONG, Trial
from .exercise import Exercise
from .general import GeneralMistake
from .stop_kinds import REFUSED, STOPS

_MOST = 500  # characters of a message that are looked at
LEAST, SHARE = 2, 0.2  # calls stopped so, and of those that fail, before it is said


def named_stop(exercise: Exercise, trials: Sequence[Trial]) -> GeneralMistake | None:
    """Why a function stops most often; None where it seldom does, or for no known reason."""
    failed = [trial for trial in trials if not _right(exercise, trial)]
    refusals = {trial.raises for trial in trials if trial.raises is not None}
    kinds = Counter(kind for trial in failed if (kind := _kind(trial, refusals)) is not None)
    if not kinds:
        return None
    kind, count = kinds.most_common(1)[0]
    return kind if count >= max(min(LEAST, len(failed)), SHARE * len(failed)) else None


def _right(exercise: Exercise, trial: Trial) -> bool:
    reply = trial.reply
    if trial.raises is not None:
        return isinstance(reply, Raised) and reply.type == trial.raises
    return isinstance(reply, Returned) and exercise.same(
        trial.arguments, trial.expected, reply.value
    )


def _kind(trial: Trial, refusals: set[str]) -> GeneralMistake | None:
    """What stopped it; nothing of a call that came back, or that should have been refused."""
    reply = trial.reply
    if not isinstance(reply, Raised) or reply.type == TOO_LONG or trial.raises is not None:
        return None
    known = named_error(reply)
    if known is not None:
        return known
    # No exception of Python's or NumPy's own: the one by which the function refuses what it gets.
    refused = reply.type in refusals or reply.code.lstrip().startswith("raise ")
    return REFUSED if refused else None


def named_error(reply: Raised) -> GeneralMistake | None:
    """What an exception of Python's, NumPy's or Keras's says by itself, where it has a name."""
    message = " ".join(reply.message[:_MOST].split())
    for kind, pattern, mistake in STOPS:
        if kind in ("", reply.type) and re.search(pattern, message):
            return mistake
    return None
