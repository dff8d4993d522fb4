"""Lo observado: llamadas que volvieron con números, y lo que se puede afirmar de todas ellas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..remote import Returned
from .asking import Trial
from .changes import Arguments
from .exercise import Exercise

LEAST = 2  # observations in which something has to be seen before it is said
_FEMININE = {"fila", "columna", "imagen"}
_CLOSE = 1e-4


@dataclass(frozen=True)
class Observation:
    """One call that came back with numbers in an array; whether it is right, the check says."""

    arguments: Arguments
    expected: np.ndarray
    got: np.ndarray
    right: bool
    half_precision: bool = False

    @property
    def shaped(self) -> bool:
        return self.expected.shape == self.got.shape

    @property
    def wrong(self) -> np.ndarray:
        """Where the numbers differ; both shapes have to be the same."""
        same = np.isclose(self.got, self.expected, _CLOSE, _CLOSE, equal_nan=True)
        wrong: np.ndarray = ~same
        return wrong


def observed(exercise: Exercise, trials: Sequence[Trial]) -> list[Observation]:
    """Those of some calls that are arrays of numbers."""
    seen = []
    for trial in trials:
        value = trial.reply.value if isinstance(trial.reply, Returned) else None
        if trial.raises or not isinstance(value, np.ndarray) or not _numbers(value):
            continue
        if not isinstance(trial.expected, np.ndarray):
            continue
        right = exercise.same(trial.arguments, trial.expected, value)
        expected, got = (each.astype(np.float64) for each in (trial.expected, value))
        half = value.dtype == np.float16
        seen.append(Observation(trial.arguments, expected, got, right, half))
    return seen


def _numbers(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf"


Seen = Callable[[Observation], bool | None]


def always(observations: Sequence[Observation], seen: Seen) -> bool:
    """Whether something is seen in several observations, and its contrary in none.

    ``seen`` gives None where nothing can be seen.
    """
    count = 0
    for each in observations:
        found = seen(each)
        if found is False:
            return False
        count += found is True
    return count >= LEAST


def axis_names(arguments: Arguments, ndim: int) -> tuple[str, ...]:
    """What each axis of an answer is, in the words of the course."""
    if ndim == 2:
        return "fila", "columna"
    if ndim == 4 and "x" in arguments:
        kernel = isinstance(arguments.get("kernel"), np.ndarray)
        return "imagen", "fila", "columna", "filtro" if kernel else "canal"
    if ndim == 4 and "kernel" in arguments:
        return "fila", "columna", "canal", "filtro"
    return tuple(f"posición del eje {axis}" for axis in range(ndim))


def the(word: str, which: str) -> str:
    """«la última fila», «el primer filtro»."""
    feminine = word.split()[0] in {*_FEMININE, "posición"}
    adjective = {"primer": ("primer", "primera"), "último": ("último", "última")}[which]
    return f"{'la' if feminine else 'el'} {adjective[feminine]} {word}"


def plural(word: str) -> str:
    """«las filas», «los filtros», «las imágenes»."""
    head, *rest = word.split()
    feminine = head in {*_FEMININE, "posición"}
    many = {"imagen": "imágenes", "posición": "posiciones", "canal": "canales"}.get(
        head, f"{head}s"
    )
    return " ".join(["las" if feminine else "los", many, *rest])
