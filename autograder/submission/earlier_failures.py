"""Por qué falta un nombre: la celda anterior que lo define se detuvo, y con qué."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST, _LONGEST_LINE, _MOST = 100_000, 300, 100
_MISSING = re.compile(r"NameError: name '(\w+)' is not defined")


@dataclass(frozen=True)
class _Failure:
    number: int
    source: str
    said: str


class EarlierFailures:
    """The cells of one notebook that did not come to their end, and what they would define."""

    def __init__(self) -> None:
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
        return reason


def _defines(source: str, name: str) -> bool:
    """Whether a cell gives a name a value; read as text, since it may be no Python at all."""
    assigned = rf"[^=#]*\b{name}\b[^=]*=(?!=)"
    made = rf".*\b(?:def|class|as)\s+{name}\b|.*\bimport\b[^#]*\b{name}\b"
    pattern = re.compile(f"{assigned}|{made}")
    return any(pattern.match(line[:_LONGEST_LINE]) for line in source[:_LONGEST].splitlines())
