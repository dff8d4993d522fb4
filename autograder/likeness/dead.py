"""Lo que nunca se ejecuta en un código: tras un ``return``, o bajo un ``if False:``."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence

from .symbols import CLOSES, NUMBER, OPENS, TEXT, Token, text_of

_BLANK = re.compile(r"[ \t]*")
_LEAVES = ("return", "break", "continue", "raise")
_HEADS = ("if", "elif", "else", "while", "for")
_COMPARES = {
    **{"==": operator.eq, "!=": operator.ne, "<": operator.lt},
    **{">": operator.gt, "<=": operator.le, ">=": operator.ge},
}


def without_dead(code: str, lines: Sequence[list[Token]]) -> list[list[Token]]:
    """The lines less those that no call comes to; of an ``if True:``, what is under it."""
    alive: list[list[Token]] = []
    # Deeper than ``under``, or as deep as ``over``, nothing is run; at ``other``, an ``else`` is.
    under = over = other = None
    for line in lines:
        depth = _indentation(code, line[0])
        under = under if under is not None and depth > under else None
        over = over if over is not None and depth >= over else None
        if under is not None or over is not None:
            continue
        first = line[0].symbol
        end = _head(line) if first in _HEADS else 0
        if first in _LEAVES:
            over = depth
        otherwise, other = other == depth, None
        head = line[:end]
        never = _is_empty(code, head) if first == "for" else _truth(code, head[1:]) is False
        if end and first != "else" and never:
            under = other = depth
        elif end and (
            (first == "else" and otherwise) or (first == "if" and _truth(code, head[1:]))
        ):
            alive += [line[end + 1 :]] if line[end + 1 :] else []
        else:
            alive.append(line)
    return alive


def without_empty(code: str, lines: Sequence[list[Token]]) -> list[list[Token]]:
    """The lines less those that begin what has nothing left under it: ``if x:`` and ``pass``."""
    kept: list[list[Token]] = []
    below = 0  # How deep what follows is.
    for line in reversed(lines):
        depth, symbols = _indentation(code, line[0]), [token.symbol for token in line[-2:]]
        if symbols == [":", "pass"]:
            line = line[:-1]
        hollow = line[0].symbol in _HEADS and line[-1].symbol == ":" and below <= depth
        if not hollow:
            kept.append(line)
            below = depth
    return kept[::-1]


def _indentation(code: str, token: Token) -> int:
    blank = _BLANK.match(code, code.rfind("\n", 0, token.start) + 1)
    return len(blank[0].expandtabs()) if blank else 0


def _head(line: Sequence[Token]) -> int:
    """Where the colon of a line's head is; 0 where it has none."""
    depth = 0
    for place, token in enumerate(line):
        depth += (token.symbol in OPENS) - (token.symbol in CLOSES)
        if depth == 0 and token.symbol == ":":
            return place
    return 0


def _is_empty(code: str, head: Sequence[Token]) -> bool:
    """Whether what a ``for`` goes through has nothing."""
    rest = [text_of(code, token) for token in head[2:]]
    return rest in (["in", "[", "]"], ["in", "(", ")"], ["in", "range", "(", "0", ")"])


def _truth(code: str, tokens: Sequence[Token]) -> bool | None:
    """Of a condition that asks nothing of the call; None of any other."""
    turned, rest = False, [token for token in tokens if token.symbol not in ("(", ")")]
    while rest and rest[0].symbol == "not":
        turned, rest = not turned, rest[1:]
    words = [text_of(code, token) for token in rest]
    kinds = [token.symbol for token in rest]
    found: bool | None = None
    if kinds in (["True"], ["False"], ["None"]):
        found = words == ["True"]
    elif kinds == [TEXT]:
        found = len(words[0].strip("rRbBuUfF\"'")) > 0
    elif set(kinds[::2]) == {NUMBER} and len(kinds) in (1, 3):
        found = _numbers(words)
    return None if found is None else found is not turned


def _numbers(words: Sequence[str]) -> bool | None:
    try:
        numbers = [float(word) for word in words[::2]]
    except ValueError:
        return None
    if len(numbers) == 1:
        return numbers[0] != 0
    compare = _COMPARES.get(words[1])
    return None if compare is None else bool(compare(*numbers))
