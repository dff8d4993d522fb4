"""Lo que queda de un código cuando se le cambian los nombres, los comentarios y los espacios."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

MOST_CODE = 40_000  # Characters of one piece that are looked at.
# Not Pygments, which takes minutes for a hundred thousand blank lines, nor ``tokenize``, which
# refuses what is no Python: whatever comes, this ends in time that grows with the text.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<string>[rRbBuUfFtT]{0,2}(?:
        \"{3}(?:[^\\"]|\\.|\"(?!\"\"))*(?:\"{3}|\Z)
      | '{3}(?:[^\\']|\\.|'(?!''))*(?:'{3}|\Z)
      | \"(?:[^\\"\n]|\\.)*\"?
      | '(?:[^\\'\n]|\\.)*'? ))
  | (?P<number>\.?\d[\w.]*)
  | (?P<name>[^\W\d]\w*)
  | (?P<sign>\*\*=|//=|>>=|<<=|\.\.\.|!=|->|:=|==|<=|>=|\*\*|//|<<|>>|[-+*/%@&|^]=|[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT = frozenset([*keyword.kwlist, *(name for name in dir(builtins) if not name.startswith("_"))])
_BEGIN = ("def", "class", "async", "@")


@dataclass(frozen=True, slots=True)
class Token:
    """A symbol that no change of names alters, and where it stands in the text."""

    symbol: str
    start: int
    end: int


def parts(code: str) -> Iterator[list[Token]]:
    """The tokens of each definition at the margin, and of what stands between them.

    Apart, so that their order changes nothing. Names are all one, but for Python's own and for
    those after a dot, which nobody can choose; numbers stay; texts are all one; comments and
    docstrings are not there.
    """
    code = code[:MOST_CODE]
    part: list[Token] = []
    depth = before = 0
    after_dot = decorated = False
    for found in _TOKEN.finditer(code):
        start, end, kind, text = found.start(), found.end(), found.lastgroup, found.group()
        gap, before = code[before:start], end
        if kind == "comment":
            continue
        first = depth == 0 and (start == 0 or "\n" in gap)
        if kind == "string" and first and _ends_its_line(code, end):
            continue
        if first and (start == 0 or gap.endswith("\n")):
            if part and not decorated and (text in _BEGIN or part[0].symbol in _BEGIN):
                yield part
                part = []
            decorated = text == "@"
        symbol = _symbol(kind or "", text, after_dot)
        after_dot = text == "."
        if text in ("(", "[", "{"):
            depth += 1
        elif text in (")", "]", "}"):
            depth = max(depth - 1, 0)
        if symbol == "S" and part and part[-1].symbol == "S":
            continue
        part.append(Token(symbol, start, end))
    if part:
        yield part


def _ends_its_line(code: str, place: int) -> bool:
    rest = code[place : place + 200].split("\n", 1)[0].strip()
    return not rest or rest.startswith("#")


def _symbol(kind: str, text: str, after_dot: bool) -> str:
    if kind == "name":
        return text if after_dot or text in _KEPT else "V"
    return {"string": "S"}.get(kind, text)


@lru_cache(maxsize=1 << 16)
def number_of(symbol: str) -> int:
    """The same in every process, as ``hash`` is not."""
    return int.from_bytes(blake2b(symbol.encode("utf-8", "replace"), digest_size=8).digest(), "big")
