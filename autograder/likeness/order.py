"""El orden de los factores y de los sumandos, que no altera lo que un código calcula."""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from functools import lru_cache

from .symbols import CLOSES, OPENS, Token

DEEPEST = 12  # Brackets inside of brackets; deeper, they are as they were written.
_SIGNS = frozenset(("+", "*"))
_JOINS = frozenset(("+", "-", "*", "/", "//", "%", "@", "**", ".", "~"))
_VALUES = frozenset(("True", "False", "None"))


def in_order(line: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a line; those of each product and each sum in an order that nobody chose."""
    if not any(token.symbol in _SIGNS for token in line):
        return line
    levels: list[list[list[Token]]] = [[]]  # What is open, each as tokens and whole brackets.
    deeper = 0
    for token in line:
        if token.symbol in OPENS and (deeper or len(levels) > DEEPEST):
            deeper += 1
        elif token.symbol in CLOSES and deeper:
            deeper -= 1
        elif token.symbol in OPENS:
            levels.append([[token]])
            continue
        elif token.symbol in CLOSES and len(levels) > 1:
            opening, *inside = levels.pop()
            levels[-1].append([*opening, *_ordered(inside), token])
            continue
        levels[-1].append([token])
    return [token for level in levels for token in _ordered(level)]


def _ordered(units: Sequence[list[Token]]) -> list[Token]:
    told: list[Token] = []
    run: list[list[Token]] = []
    for unit in units:
        if _parts_values(unit[0].symbol):
            told += [*_sum(run), *unit]
            run = []
        else:
            run.append(unit)
    return told + _sum(run)


@lru_cache(maxsize=1 << 12)
def _parts_values(symbol: str) -> bool:
    """Whether what is on one side of it is no factor, and no term, of what is on the other."""
    if symbol in _JOINS or symbol in _VALUES or symbol in OPENS:
        return False
    return keyword.iskeyword(symbol) or not symbol.isidentifier()


def _sum(run: Sequence[list[Token]]) -> list[Token]:
    return _joined([_product(term) for term in _split(run, ("+", "-"))])


def _product(run: Sequence[list[Token]]) -> list[Token]:
    terms = _split(run, ("*",))
    return _joined([[token for unit in term for token in unit] for term in terms])


def _split(run: Sequence[list[Token]], signs: Sequence[str]) -> list[list[list[Token]]]:
    """A sign between two values begins what follows it; one of a single value is part of it."""
    terms: list[list[list[Token]]] = [[]]
    for place, unit in enumerate(run):
        if place and unit[0].symbol in signs and run[place - 1][0].symbol not in _JOINS:
            terms.append([])
        terms[-1].append(unit)
    return terms


def _joined(terms: Sequence[list[Token]]) -> list[Token]:
    """The first has no sign: whichever comes first now gives its own to what was first."""
    if len(terms) == 1:
        return terms[0]
    signed = [(term[0], term[1:]) for term in terms[1:]]
    added = [terms[0], *(rest for sign, rest in signed if sign.symbol != "-")]
    taken = [[sign, *rest] for sign, rest in signed if sign.symbol == "-"]
    signs = iter(sign for sign, _ in signed if sign.symbol != "-")
    told: list[Token] = []
    for term in sorted(added, key=_symbols):
        told += [next(signs), *term] if told else term
    return told + [token for term in sorted(taken, key=_symbols) for token in term]


def _symbols(term: Sequence[Token]) -> list[str]:
    return [token.symbol for token in term]
