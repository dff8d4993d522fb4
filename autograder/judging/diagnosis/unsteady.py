"""Quien a la misma llamada responde cada vez otra cosa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .general import GeneralMistake
from .questions import Questions
from .sizes import size_of

UNSTEADY = GeneralMistake(
    "respuesta-que-cambia",
    "a la misma llamada respondes cada vez otra cosa, como cuando hay azar (np.random, o una capa "
    "en modo de entrenamiento), algo que se guarda de una llamada a otra, o un np.empty sin "
    "rellenar",
    "llama dos veces a tu función con lo mismo y busca la primera línea que da algo distinto",
)
_APART = 1e-3  # of the largest number: more than any rounding of the same work


def unsteady(questions: Questions, trials: Sequence[Trial]) -> GeneralMistake | None:
    """What is said where the smallest call that failed is answered otherwise when asked again."""
    failed = [trial for trial in trials if trial.raises is None and questions.fails(trial)]
    came = [trial for trial in failed if isinstance(trial.reply, Returned)]
    if not came:
        return None
    first = min(came, key=lambda trial: sum(map(size_of, trial.arguments.values())))
    again = questions.ask(first.arguments)
    if again is None or not isinstance(again.reply, Returned):
        return None
    assert isinstance(first.reply, Returned)
    return UNSTEADY if _apart(first.reply.value, again.reply.value) else None


def _apart(one: Any, other: Any) -> bool:
    """Whether two answers of numbers differ by more than any rounding."""
    numbers = (np.ndarray, np.number, int, float)
    if not (isinstance(one, numbers) and isinstance(other, numbers)):
        return False
    a, b = np.asarray(one), np.asarray(other)
    if a.shape != b.shape or a.dtype.kind not in "fiu" or b.dtype.kind not in "fiu" or not a.size:
        return False
    a, b = a.astype(np.float64), b.astype(np.float64)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return False
    return bool(np.max(np.abs(a - b)) > _APART * max(np.max(np.abs(a)), np.max(np.abs(b))))
