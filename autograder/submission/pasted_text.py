"""Por qué Python no entiende una celda: lo que trae un texto pegado, dicho en español."""

from __future__ import annotations

import re

_PLACE = re.compile(r" \(<[^<>]{1,80}>, line (\d+)\)$")
_CHARACTER = re.compile(r"invalid (?:non-printable )?character .{0,20}U\+([0-9A-F]{4,6})")
_QUOTES = frozenset(range(0x2018, 0x2020)) | {0xAB, 0xBB, 0xB4, 0x2032, 0x2033}
# Letters that nobody sees, between two that are seen.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def in_words(kind: str, said: str) -> str:
    """What Python said of a cell that it could not read, its line, and where it comes from."""
    if kind not in ("SyntaxError", "IndentationError", "TabError"):
        return said
    said = _PLACE.sub(r" (línea \1 de su celda)", said)
    if found := _CHARACTER.search(said):
        quotes = int(found[1], 16) in _QUOTES
        what = "comillas" if quotes else "signos"
        return f"{said}: {what} que no son de Python, sino de un texto pegado: usa los del teclado"
    if kind != "SyntaxError":
        return f"{said}: los espacios con que empieza esa línea no son los de las de su bloque"
    return said


def as_seen(source: str) -> str:
    """A source without what nobody sees in it, and with plain blanks."""
    return _UNSEEN.sub("", source).replace("\u00a0", " ")
