"""Quitar de un cuaderno, sin leerlas, sus salidas: un archivo enorme suele ser un texto pequeño."""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # Its stubs leave it out.

MAX_PIECES = 3_000_000  # Strings and brackets: a second or two, whatever the file's size.
_PIECE = re.compile(r'["\[\]{}]')
_COLON = re.compile(r"\s*:\s*")
_SCALAR = re.compile(r"[^\s,\[\]{}\"]*")


class NotLean(Exception):
    """The text is no JSON that can be followed so far."""


class TooManyPieces(Exception):
    """Following it would take too long."""


def without_outputs(data: bytes) -> bytes:
    """``data`` with ``null`` for every value called ``outputs``, and for the whole's ``metadata``.

    Nothing of what is left out is ever built in memory. Widgets' states stand in the metadata of
    the whole.

    Raises
    ------
    NotLean
        If strings or brackets do not close.
    TooManyPieces
        If there are more than ``MAX_PIECES`` of them.
    """
    # One character a byte: all that means something in JSON is ASCII, and places stay the same.
    text = data.decode("latin-1")
    pieces = 0
    kept: list[bytes] = []
    start = at = depth = 0
    left_out: int | None = None  # The depth of the value that is being left out.
    while (found := _PIECE.search(text, at)) is not None:
        pieces += 1
        if pieces > MAX_PIECES:
            raise TooManyPieces
        piece, at = found[0], found.end()
        if piece == '"':
            begin = at
            at = _end_of_string(text, at)
            if left_out is not None or at - begin > 20:
                continue
            name = text[begin : at - 1]
            if name != "outputs" and not (name == "metadata" and depth == 1):
                continue
            colon = _COLON.match(text, at)
            if colon is None:
                continue
            at = colon.end()
            kept.append(data[start:at] + b"null")
            if text[at : at + 1] in ("[", "{"):
                left_out, depth, at = depth, depth + 1, at + 1
            elif text[at : at + 1] == '"':
                start = at = _end_of_string(text, at + 1)
            else:
                scalar = _SCALAR.match(text, at)
                start = at = scalar.end() if scalar else at
        elif piece in "[{":
            depth += 1
        else:
            depth -= 1
            if depth == left_out:
                start, left_out = at, None
    if left_out is not None:
        raise NotLean
    return b"".join([*kept, data[start:]])


def _end_of_string(text: str, begin: int) -> int:
    try:
        return scanstring(text, begin, False)[1]
    except ValueError:
        raise NotLean from None
