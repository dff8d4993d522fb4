"""Lo que no hace nada en un código: quien lo mete en una copia no la cambia por eso."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .symbols import CLOSES, DEFINITIONS, NAME, OPENS, Token

DEPTH = 5  # Of what only feeds what nobody reads; a longer chain is left.
_ENDS = (["return"], ["break"], ["continue"], ["raise"])
_ASSIGNS = ("=", ":", "+=", "-=", "*=", "/=", "//=", "**=", "%=", "@=", "&=", "|=", "^=")


def without_inert(code: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a definition, or of what stands between two, less what changes no answer.

    That is: ``pass``, lone names and constants, what is printed, the notes of types at the head
    of a function and, within a definition, what is given to a name that nobody reads, or to one
    that is returned at once.
    """
    lines = [line for line in _lines(code, tokens) if not _says_nothing(line)]
    if tokens[0].symbol in DEFINITIONS:
        lines = _returned(code, _read(code, lines))
    return [token for line in lines for token in _without_types(line)]


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


def _says_nothing(line: Sequence[Token]) -> bool:
    symbols = [token.symbol for token in line]
    if len(symbols) < 2:
        return symbols not in _ENDS
    return symbols[:2] == ["print", "("] and symbols[-1] == ")"


def _read(code: str, lines: list[list[Token]]) -> list[list[Token]]:
    """Those that do more than giving something to a name that no other line reads."""
    for _ in range(DEPTH):
        named = []
        readers = Counter[str]()
        for line in lines:
            given = _gives(line)
            rest = line[1:] if given else line
            names = {_text(code, token) for token in rest if token.symbol == NAME}
            named.append((line, _text(code, line[0]) if given else None, names))
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
            and _text(code, before[0]) == _text(code, line[1])
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


def _text(code: str, token: Token) -> str:
    return code[token.start : token.end]
