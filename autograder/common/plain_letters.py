"""Lo que un alfabeto antiguo no tiene (el de una tubería en Windows), escrito con otras letras."""

from __future__ import annotations

import codecs
import sys
import unicodedata

PLAINER = "curso.letras"
_OTHERS = {
    "✔": "+", "✘": "x", "○": "o", "−": "-", "—": "-", "–": "-", "·": "-", "×": "x", "…": "...",
    "→": "->", "≥": ">=", "≤": "<=", "«": '"', "»": '"', "“": '"', "”": '"', "\u00a0": " ",
    "🎉": "*", "⚠": "!", "¿": "", "¡": "", "ñ": "ni", "Ñ": "Ni",
}  # fmt: skip


def say_what_can_be_said() -> None:
    """Of this process's own output: no letter stops it, whatever the terminal's alphabet."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=PLAINER)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_OTHERS[one] if one in _OTHERS else _bare(one) for one in text), error.end


def _bare(letter: str) -> str:
    """Without its accent."""
    first = unicodedata.normalize("NFD", letter)[0]
    return first if first.isascii() else "?"


codecs.register_error(PLAINER, _plainer)
