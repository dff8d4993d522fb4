"""El texto de un estudiante, sin caracteres que mueven el cursor o esconden letras."""

from __future__ import annotations

import re

# Terminal sequences, other control characters, and those that hide text or turn it around.
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def visible(text: str) -> str:
    """``text`` with all its lines, and a mark in the place of each character that nobody sees."""
    return _CONTROL.sub("�", text.replace("\r\n", "\n").encode("utf-8", "replace").decode())


def one_line(text: str, length: int = 300) -> str:
    """``text`` on one line, without control characters, of bounded length, fit for UTF-8."""
    whole = text[: 100 * length].encode("utf-8", "replace").decode()
    return " ".join(_CONTROL.sub("", whole).split())[:length]
