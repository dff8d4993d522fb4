"""Lo que no hace nada en un código: quien lo mete en una copia no la cambia por eso."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .dead import without_dead, without_empty
from .order import in_order
from .symbols import CLOSES, DEFINITIONS, NAME, NUMBER, OPENS, TEXT, Token, text_of

DEPTH = 5  # Of what only feeds what nobody reads; a longer chain is left.
_ENDS = (["return"], ["break"], ["continue"], ["raise"])
_WITHOUT_ANSWER = ("assert", "import")
_LOOKS = (
    *("abs", "bool", "float", "int", "isinstance", "len", "list", "max", "min", "range", "repr"),
    *("str", "sum", "tuple", "type"),
)
_ACTS = (":=", "yield", "await", "$", "!", "?", "\\")
# A name that is given itself, or nothing more.
_SAME = re.compile(r"(\w+)(?:[+-]=0(?:\.0?)?|(?:\*\*?|//?)=1(?:\.0?)?|=\1(?:[+-]0|\*1|/1)?)")
_ASSIGNS = ("=", ":", "+=", "-=", "*=", "/=", "//=", "**=", "%=", "@=", "&=", "|=", "^=")


def without_inert(code: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a definition, or of what stands between two, less what changes no answer.

    That is: what is never run, ``pass``, what is imported, printed, asserted or only looked at, the
    notes of types at the head of a function and, within a definition, what is given to a name that
    nobody reads, or to one that is returned at once. Factors and terms are in their own order.
    """
    lines = without_dead(code, list(_lines(code, tokens)))
    lines = without_empty(code, [line for line in lines if not _says_nothing(code, line)])
    if tokens[0].symbol in DEFINITIONS:
        lines = _returned(code, _read(code, lines))
    return [token for line in lines for token in in_order([*_without_types(line)])]


def _lines(code: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    depth = 0
    for token in tokens:
        if depth == 0 and line and (token.symbol == ";" or _stops(code, line[-1], token)):
            yield line
            line = []
        if depth or token.symbol != ";":
            line.append(token)
        depth = max(depth + (token.symbol in OPENS) - (token.symbol in CLOSES), 0)
    if line:
        yield line


def _stops(code: str, last: Token, token: Token) -> bool:
    return last.symbol != "\\" and "\n" in code[last.end : token.start]


def _says_nothing(code: str, line: Sequence[Token]) -> bool:
    symbols = [token.symbol for token in line]
    if len(symbols) < 2:
        return symbols not in _ENDS
    if symbols[0] in _WITHOUT_ANSWER or (symbols[0] == "from" and "import" in symbols):
        return True
    if symbols[:2] == ["print", "("] and symbols[-1] == ")":
        return True
    if len(line) < 8 and _SAME.fullmatch("".join(text_of(code, token) for token in line)):
        return True
    return _is_only_looked_at(symbols)


def _is_only_looked_at(symbols: Sequence[str]) -> bool:
    """Whether a line is a value that nobody keeps, and that asks no function for it but to look."""
    if symbols[0] not in (NAME, NUMBER, TEXT, *OPENS, *_LOOKS):
        return False
    for before, symbol in pairwise(symbols):
        asks = symbol == "(" and (before in (*CLOSES, NAME) or before.isidentifier())
        if (asks and before not in _LOOKS) or symbol in _ASSIGNS or symbol in _ACTS:
            return False
    return True


def _read(code: str, lines: list[list[Token]]) -> list[list[Token]]:
    """Those that do more than giving something to a name that no other line reads."""
    for _ in range(DEPTH):
        named = []
        readers = Counter[str]()
        for line in lines:
            given = _gives(line)
            rest = line[1:] if given else line
            names = {text_of(code, token) for token in rest if token.symbol == NAME}
            named.append((line, text_of(code, line[0]) if given else None, names))
            readers.update(names)
        kept = [
            line
            for line, given, names in named
            if given is None or readers[given] > (given in names)
        ]
        if len(kept) == len(lines):
            break
        lines = kept
    return lines


def _gives(line: Sequence[Token]) -> bool:
    """Whether all that a line does is to give something to one name."""
    symbols = [token.symbol for token in line[:4]]
    return (
        len(symbols) > 2
        and symbols[0] == NAME
        and symbols[1] in _ASSIGNS
        and symbols[1::2] != ["=", "="]
    )


def _returned(code: str, lines: Sequence[list[Token]]) -> list[list[Token]]:
    """What is given to a name, and the name returned in the next line, is what is returned."""
    told: list[list[Token]] = []
    for line in lines:
        before = told[-1] if told else []
        if (
            [token.symbol for token in line] == ["return", NAME]
            and _gives(before)
            and before[1].symbol == "="
            and text_of(code, before[0]) == text_of(code, line[1])
        ):
            told[-1] = [Token("return", before[0].start, before[1].end), *before[2:]]
        else:
            told.append(line)
    return told


def _without_types(line: Sequence[Token]) -> Iterator[Token]:
    if "def" not in [token.symbol for token in line[:2]]:
        yield from line
        return
    depth, noted = 0, False
    for token in line:
        symbol = token.symbol
        depth += (symbol in OPENS) - (symbol in CLOSES)
        if depth == 1:
            noted = symbol == ":" or (noted and symbol not in (",", "="))
        elif depth == 0:
            noted = symbol == "->" or (noted and symbol not in (")", ":"))
        if not noted:
            yield token
