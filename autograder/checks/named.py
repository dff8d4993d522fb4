"""Lo que se dice de un error, una sola vez, lo cometa la función que lo cometa."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..judging.diagnosis.changes import Arguments, Change
from ..judging.diagnosis.misconceptions import Misconception


@dataclass(frozen=True)
class Named:
    """The words of a mistake: one id, one explanation, however many ways there are to make it.

    Parameters
    ----------
    id : str
        A word that classes are counted by.
    cause : str
        What was done and what goes there, in Spanish.
    hint : str
        One sentence that helps without solving.
    section : str
        Where to read it again: one of :mod:`.lessons`.
    """

    id: str
    cause: str
    hint: str
    section: str

    def by(
        self,
        *ways: Callable[..., Any] | Change,
        applies: Callable[[Arguments], bool] | None = None,
    ) -> tuple[Misconception, ...]:
        """One entry of the catalogue for each way of computing it, with these words."""
        return tuple(
            Misconception(self.id, self.cause, way, self.hint, self.section, applies)
            for way in ways
        )

    def rarely(self, *ways: Callable[..., Any] | Change) -> tuple[Misconception, ...]:
        """The same, for what is looked for only where nothing usual explains what came."""
        return tuple(replace(entry, rare=True) for entry in self.by(*ways))
