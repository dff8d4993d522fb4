"""Una fórmula como árbol, y todas las que salen de ella con un solo desliz."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Number = int | float


def _negated(one: Any) -> Any:
    return -one


def _floor(one: Any) -> Any:
    return np.floor(one)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "neg": _negated,
    "max": max,
    "min": min,
    "abs": abs,
    "round": round,
    "int": int,
    "exp": np.exp,
    "floor": _floor,
}
# What is written by whoever doubts which of them it is.
NEIGHBOURS = {
    "+": ("-", "*"),
    "-": ("+", "*"),
    "*": ("+", "/", "//", "**"),
    "/": ("*", "//", "-", "%"),
    "//": ("*", "/", "%", "-"),
    "%": ("//",),
    "**": ("*",),
    "max": ("min",),
    "min": ("max",),
}
_EITHER_WAY = ("+", "*", "max", "min")


@dataclass(frozen=True)
class Term:
    """An operation on other terms; its leaves are names and numbers."""

    operation: str
    parts: tuple[Term | str | Number, ...]


Tree = Term | str | Number


def value(tree: Tree, names: Mapping[str, Any]) -> Any:
    """What a formula gives where its names are worth that; of arrays, infinite where it is so."""
    with np.errstate(all="ignore"):
        return _value(tree, names)


def _value(tree: Tree, names: Mapping[str, Any]) -> Any:
    if isinstance(tree, str):
        return names[tree]
    if not isinstance(tree, Term):
        return tree
    return OPERATIONS[tree.operation](*(_value(part, names) for part in tree.parts))


_SIGNS = {"+": (1, "+"), "-": (1, "−"), "*": (2, "·"), "/": (2, "/"), "//": (2, "//")}
_SIGNS |= {"%": (2, "%"), "**": (4, "**")}
_SIGN, _LEAF = 3, 5  # how tightly a sign in front holds, and what stands alone


def written(tree: Tree, names: Mapping[str, str]) -> str:
    """A formula as a student would write it, with each of its names by its word."""
    return _written(tree, names)[0]


def _written(tree: Tree, names: Mapping[str, str]) -> tuple[str, int]:
    if isinstance(tree, str):
        return names.get(tree, tree), _LEAF
    if not isinstance(tree, Term):
        return (f"−{-tree}", 0) if tree < 0 else (str(tree), _LEAF)
    parts = [_written(part, names) for part in tree.parts]
    if tree.operation == "neg":
        return f"−{_inside(parts[0], _SIGN + 1)}", _SIGN
    if tree.operation not in _SIGNS or len(parts) != 2:
        return f"{tree.operation}({', '.join(text for text, _ in parts)})", _LEAF
    holds, sign = _SIGNS[tree.operation]
    # Of two alike the left one is done first, and both sides of a power are closed.
    left = _inside(parts[0], holds + (sign == "**"))
    return f"{left} {sign} {_inside(parts[1], holds + (sign != '+'))}", holds


def _inside(part: tuple[str, int], least: int) -> str:
    text, holds = part
    return text if holds >= least else f"({text})"


def read(text: str) -> Tree:
    """``"(max (- n 1) 0)"``: an operation and what it is done to, in parentheses."""
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    tree, left = _read(words)
    if left:
        raise ValueError(f"sobra {' '.join(left)} en {text}")
    return tree


def _read(words: list[str]) -> tuple[Tree, list[str]]:
    first, rest = words[0], words[1:]
    if first != "(":
        return _leaf(first), rest
    operation, rest = rest[0], rest[1:]
    if operation not in OPERATIONS:
        raise ValueError(f"no se conoce la operación {operation}")
    parts: list[Tree] = []
    while rest[0] != ")":
        part, rest = _read(rest)
        parts.append(part)
    return Term(operation, tuple(parts)), rest[1:]


def _leaf(word: str) -> str | Number:
    try:
        return int(word)
    except ValueError:
        return word


def slips(tree: Tree, others: Sequence[str | Number] = ()) -> Iterator[Tree]:
    """Each different tree that one slip makes of another.

    Another operation, two things the other way round, a part that is left out, a parenthesis
    elsewhere, one more or one less, and in the place of each leaf each of ``others``.
    """
    seen = {tree}
    for slip in _slips(tree, others):
        if slip not in seen:
            seen.add(slip)
            yield slip


def _slips(tree: Tree, others: Sequence[str | Number]) -> Iterator[Tree]:
    yield from (other for other in others if not isinstance(tree, Term))
    if isinstance(tree, str):
        yield from (Term("+", (tree, 1)), Term("-", (tree, 1)))
        return
    if not isinstance(tree, Term):
        yield from (tree + 1, tree - 1, -tree)
        return
    yield from _of_operation(tree)
    for place, part in enumerate(tree.parts):
        for slip in _slips(part, others):
            yield Term(tree.operation, (*tree.parts[:place], slip, *tree.parts[place + 1 :]))


def _of_operation(tree: Term) -> Iterator[Tree]:
    yield from tree.parts
    yield from (Term(other, tree.parts) for other in NEIGHBOURS.get(tree.operation, ()))
    if len(tree.parts) != 2:
        return
    one, other = tree.parts
    if tree.operation not in _EITHER_WAY:
        yield Term(tree.operation, (other, one))
    # The parenthesis of either part, elsewhere.
    if isinstance(one, Term) and len(one.parts) == 2:
        first, middle = one.parts
        yield Term(one.operation, (first, Term(tree.operation, (middle, other))))
    if isinstance(other, Term) and len(other.parts) == 2:
        middle, last = other.parts
        yield Term(other.operation, (Term(tree.operation, (one, middle)), last))
