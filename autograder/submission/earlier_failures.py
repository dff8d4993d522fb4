"""Por qué falta un nombre: la celda anterior que lo define se detuvo, y con qué."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .pasted_text import as_seen

_LONGEST, _LONGEST_LINE, _MOST = 100_000, 300, 100
_MISSING = re.compile(r"NameError: name '(\w+)' is not defined")
_CELL = "la celda se detuvo con "
# Magics whose cell is not run here, or not as Python.
_WHOLE = re.compile(r"%%(?:writefile|file|bash|sh|script|html|latex|markdown|javascript|js)\b")
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

    ``cells`` are the kind and the source of all of them: what a graded cell asks for may be in
    none, or in one that is not run as Python.
    """

    def __init__(self, cells: Sequence[tuple[str, str]] = ()) -> None:
        self._cells = cells
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
            if asked and self._cells and (why := self._not_run(missing[1])):
                return f"{reason} ({why})"
        return reason

    def _not_run(self, name: str) -> str | None:
        """Why no cell that was run defines a function that is asked for, where none does."""
        elsewhere, made = None, re.compile(rf"^[ \t]*def[ \t]+{name}[ \t]*\(", re.MULTILINE)
        for number, (kind, source) in enumerate(self._cells, 1):
            if kind == "code" and not _WHOLE.match(source):
                if _defines(source, name):
                    return None
            elif made.search(as_seen(source[:_LONGEST])):
                magic = _WHOLE.match(source) if kind == "code" else None
                why = f"empieza con {magic[0]}" if magic else "es de texto"
                elsewhere = f"está escrita en la celda {number}, que {why} y no se ejecuta"
        return elsewhere or _NOWHERE


def _defines(source: str, name: str) -> bool:
    """Whether a cell gives a name a value; read as text, since it may be no Python at all."""
    assigned = rf"[^=#]*\b{name}\b[^=]*=(?!=)"
    made = rf".*\b(?:def|class|as)\s+{name}\b|.*\bimport\b[^#]*\b{name}\b"
    pattern = re.compile(f"{assigned}|{made}")
    lines = as_seen(source[:_LONGEST]).splitlines()
    return any(pattern.match(line[:_LONGEST_LINE]) for line in lines)
