"""Lo que queda de un código cuando se le cambian nombres, números, comentarios y espacios."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from .inert import without_inert
from .symbols import CLOSES, DEFINITIONS, NAME, NUMBER, OPENS, TEXT, Token

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


def parts(code: str) -> Iterator[list[Token]]:
    """The tokens of each definition at the margin, and of what stands between them.

    Apart, so that their order changes nothing. Names are all one, but for Python's own and for
    those after a dot, which nobody can choose. Numbers are all one too: whoever copies from another
    variant changes them in every line, and whoever wrote alone is no likelier to be taken for
    another without them. Texts are all one; comments and docstrings are not there.
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
            if part and not decorated and (text in DEFINITIONS or part[0].symbol in DEFINITIONS):
                yield without_inert(code, part)
                part = []
            decorated = text == "@"
        symbol = _symbol(kind or "", text, after_dot)
        after_dot = text == "."
        if text in OPENS:
            depth += 1
        elif text in CLOSES:
            depth = max(depth - 1, 0)
        if symbol == TEXT and part and part[-1].symbol == TEXT:
            continue
        part.append(Token(symbol, start, end))
    if part:
        yield without_inert(code, part)


def _ends_its_line(code: str, place: int) -> bool:
    rest = code[place : place + 200].split("\n", 1)[0].strip()
    return not rest or rest.startswith("#")


def _symbol(kind: str, text: str, after_dot: bool) -> str:
    if kind == "name":
        return text if after_dot or text in _KEPT else NAME
    return {"string": TEXT, "number": NUMBER}.get(kind, text)


@lru_cache(maxsize=1 << 16)
def number_of(symbol: str) -> int:
    """The same in every process, as ``hash`` is not."""
    return int.from_bytes(blake2b(symbol.encode("utf-8", "replace"), digest_size=8).digest(), "big")
