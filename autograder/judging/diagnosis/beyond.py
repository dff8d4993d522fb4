"""Si lo que enseñan todas las llamadas de la comprobación se ve también en otras."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...wire.protocol import ModelSpec
from .asking import Trial
from .corners import varied
from .general import NOTHING, SOMETIMES_NOTHING, GeneralMistake, general_mistake
from .questions import Questions, drawn
from .space import Space

_DRAWN, _ASKED = 20, 3  # calls, and how many of them are asked


def shows_beyond(
    general: GeneralMistake,
    trials: Sequence[Trial],
    questions: Questions,
    space: Space | None,
    rng: np.random.Generator,
) -> bool:
    """Whether a mistake of any function shows in more calls than those of its check.

    «Siempre» speaks of them all. Nothing at all is asked again where it is found, and networks are
    not: one takes as long as ten other calls.
    """
    if space is None or general in (NOTHING, SOMETIMES_NOTHING):
        return True
    calls = [drawn(questions.exercise, space, rng) for _ in range(_DRAWN)]
    if any(isinstance(value, ModelSpec) for value in calls[0].values()):
        return True
    asked = [questions.ask(call) for call in varied(calls, _ASKED)]
    again = [trial for trial in asked if trial is not None]
    return general_mistake(questions.exercise, [*trials, *again]) is general
