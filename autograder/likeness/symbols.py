"""Un símbolo de un código: lo que queda de una palabra cuando se le quita lo que se elige."""

from __future__ import annotations

from dataclasses import dataclass

NAME, NUMBER, TEXT = "V", "N", "S"  # All are one: whoever copies changes them.
OPENS, CLOSES = ("(", "[", "{"), (")", "]", "}")
DEFINITIONS = ("def", "class", "async", "@")


@dataclass(frozen=True, slots=True)
class Token:
    """A symbol that no change of names or numbers alters, and where it stands in the text."""

    symbol: str
    start: int
    end: int


def text_of(code: str, token: Token) -> str:
    """As it is written."""
    return code[token.start : token.end]
