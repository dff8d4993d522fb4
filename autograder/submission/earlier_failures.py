"""Por qué falta un nombre: la celda anterior que lo define se detuvo, y con qué."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LONGEST, _LONGEST_LINE, _MOST = 100_000, 300, 100
_MISSING = re.compile(r"NameError: name '(\w+)' is not defined")
_CELL = "la celda se detuvo con "
_NOWHERE = (
    "ninguna celda de este cuaderno la define: falta la de su ejercicio; ¿se borró, o es un "
    "cuaderno de una versión anterior?"
)


@dataclass(frozen=True)
class _Failure:
    number: int
    source: str
    said: str


class EarlierFailures:
    """The cells of one notebook that did not come to their end, and what they would define.

    ``sources`` are those of its cells of code: what a graded cell asks for may be in none.
    """

    def __init__(self, sources: Sequence[str] = ()) -> None:
        self._sources = sources
        self._failures: list[_Failure] = []

    def note(self, number: int, source: str, said: str) -> None:
        """Remember a cell, by the number that a person counts, and the error that ended it."""
        if len(self._failures) < _MOST:
            self._failures.append(_Failure(number, source, self.traced(said)[:_LONGEST_LINE]))

    def traced(self, reason: str) -> str:
        """A reason; where a name is missing, with what became of the cell that defines it."""
        missing = _MISSING.search(reason)
        if missing:
            for failure in reversed(self._failures):
                if _defines(failure.source, missing[1]):
                    where = f"la celda {failure.number}, donde se define, se detuvo con"
                    return f"{reason} ({where} {failure.said})"
            asked = reason.startswith(_CELL + missing[0])
            if asked and self._sources and not self._is_somewhere(missing[1]):
                return f"{reason} ({_NOWHERE})"
        return reason

    def _is_somewhere(self, name: str) -> bool:
        return any(_defines(source, name) for source in self._sources)


def _defines(source: str, name: str) -> bool:
    """Whether a cell gives a name a value; read as text, since it may be no Python at all."""
    assigned = rf"[^=#]*\b{name}\b[^=]*=(?!=)"
    made = rf".*\b(?:def|class|as)\s+{name}\b|.*\bimport\b[^#]*\b{name}\b"
    pattern = re.compile(f"{assigned}|{made}")
    return any(pattern.match(line[:_LONGEST_LINE]) for line in source[:_LONGEST].splitlines())
