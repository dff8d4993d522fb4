"""El nombre del error: una respuesta equivocada se compara con las de quien comete cada uno."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Asker, Trial
from .changes import Arguments
from .exercise import Compare, Exercise
from .misconceptions import Misconception
from .result import CERTAIN, Diagnosis
from .space import Space

Terms = Callable[[Arguments], Mapping[str, float]]


@dataclass(frozen=True)
class Diagnoser:
    """Whoever finds out which mistake a wrong function makes.

    Parameters
    ----------
    right : callable
        The right answer, on named arguments.
    compare : callable
        ``(expected, got, args, kwargs) -> Mismatch | None``, as the check compares.
    space : Space, optional
        Where to draw more calls from; without it nothing more is asked.
    catalogue : sequence of Misconception
        The mistakes that have a name; earlier ones are likelier.
    terms : callable, optional
        Of a call's named arguments, the quantities that a wrong number may lack or have in excess,
        by their Spanish names.
    name : str
        What the function is called, for the examples.
    """

    right: Callable[..., Any]
    compare: Compare
    space: Space | None = None
    catalogue: Sequence[Misconception] = ()
    terms: Terms | None = None
    name: str = "f"
    exercise: Exercise = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exercise", Exercise(self.right, self.compare))

    def diagnose(
        self, asker: Asker, trials: Sequence[Trial], rng: np.random.Generator
    ) -> Diagnosis | None:
        """What is known of a function that failed; None where that is nothing."""
        for misconception in self.catalogue:
            if self._explains(misconception, trials):
                return Diagnosis(
                    ids=(misconception.id,),
                    causes=(misconception.cause,),
                    confidence=CERTAIN,
                    hint=misconception.hint or None,
                    section=misconception.section or None,
                )
        return None

    def _explains(self, misconception: Misconception, trials: Sequence[Trial]) -> bool:
        differs = False
        for trial in trials:
            if trial.raises or not isinstance(trial.reply, Returned):
                continue
            try:
                wrong = misconception.answer(self.right, trial.arguments)
            except (ValueError, IndexError, ZeroDivisionError):
                # A wrong formula need not be defined everywhere.
                continue
            if not self.exercise.same(trial.arguments, wrong, trial.reply.value):
                return False
            differs = differs or not self.exercise.same(
                trial.arguments, trial.expected, trial.reply.value
            )
        return differs
