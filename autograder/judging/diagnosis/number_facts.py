"""Qué hay de cierto en un número equivocado: lo que le falta o le sobra, si es de la fórmula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .changes import Arguments

Terms = Callable[[Arguments], Mapping[str, float]]
LEAST = 2
_CLOSE = 1e-6
_LARGEST = 1e15


@dataclass(frozen=True)
class Counted:
    """One call that came back with whole numbers, or with one."""

    arguments: Arguments
    expected: Any
    got: Any


def number_facts(failed: Sequence[Counted], terms: Terms | None) -> list[str]:
    """What holds of all the wrong answers."""
    if len(failed) < LEAST:
        return []
    pairs = [each for each in failed if isinstance(each.expected, tuple)]
    if len(pairs) == len(failed):
        return list(_of_pairs(failed))
    if pairs or not all(map(_comparable, failed)):
        return []
    return next(([fact] for fact in _of_numbers(failed, terms)), [])


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _comparable(each: Counted) -> bool:
    """A number where one was due, small enough to be subtracted from any other."""
    return _number(each.got) and np.ndim(each.expected) == 0 and abs(each.got) < _LARGEST


def _of_numbers(failed: Sequence[Counted], terms: Terms | None) -> Iterator[str]:
    apart = [each.got - each.expected for each in failed]
    for words in _terms(failed[0], terms):
        sizes = [_terms(each, terms).get(words, 0.0) for each in failed]
        for sign, verb in ((-1, "te faltan"), (1, "te sobran")):
            exact = all(abs(d - sign * size) < _CLOSE for d, size in zip(apart, sizes, strict=True))
            # A term that is always the same is told apart from a constant by nothing.
            if exact and len(set(sizes)) > 1:
                yield f"{_singular(verb, sizes[0])} {sizes[0]:g}: {_are(sizes[0])} {words}"
    if len({round(d, 6) for d in apart}) == 1:
        verb = "sobra" if apart[0] > 0 else "falta"
        yield f"siempre {verb}{'n' if abs(apart[0]) != 1 else ''} {abs(apart[0]):g}"
    ratios = [each.got / each.expected for each in failed if each.expected]
    if len(ratios) < LEAST:
        return
    if max(ratios) - min(ratios) < _CLOSE and ratios[0] > 0:
        times = {2: "el doble", 0.5: "la mitad", 3: "el triple"}
        said = times.get(round(ratios[0], 6), f"el número correcto por {ratios[0]:.4g}")
        yield f"te sale siempre {said}".replace(".", ",") + (
            " de lo correcto" if said in times.values() else ""
        )
    for words in _terms(failed[0], terms):
        sizes = [_terms(each, terms).get(words, 0.0) for each in failed if each.expected]
        if len(set(sizes)) > 1 and 0 not in sizes:
            if all(abs(r - s) < _CLOSE for r, s in zip(ratios, sizes, strict=True)):
                yield f"te sale multiplicado por {sizes[0]:g}: sobra {words}"
            if all(abs(r * s - 1) < _CLOSE for r, s in zip(ratios, sizes, strict=True)):
                yield f"te sale dividido entre {sizes[0]:g}: falta {words}"


def _singular(verb: str, count: float) -> str:
    return verb.removesuffix("n") if count == 1 else verb


def _are(count: float) -> str:
    return "es" if count == 1 else "son"


def _terms(each: Counted, terms: Terms | None) -> Mapping[str, float]:
    """The quantities of a call: those that the check names, and each number that goes in."""
    own = {
        f"`{name}`": float(value) for name, value in each.arguments.items() if type(value) is int
    }
    return {**(dict(terms(each.arguments)) if terms else {}), **own}


def _of_pairs(failed: Sequence[Counted]) -> Iterator[str]:
    usable = [
        each
        for each in failed
        if isinstance(each.got, (tuple, list))
        and len(each.got) == len(each.expected) == 2
        and all(map(_number, each.got))
    ]
    if len(usable) < len(failed):
        return
    both = [(tuple(each.got), each.expected) for each in usable]
    if all(got == right[::-1] for got, right in both):
        yield "los dos números son los correctos, en el orden contrario"
    elif all(sum(got) == sum(right) for got, right in both):
        yield "el total es el correcto, y no el reparto entre los dos"
    for index, word, other in ((0, "primero", "segundo"), (1, "segundo", "primero")):
        apart = {got[1 - index] - right[1 - index] for got, right in both}
        if all(got[index] == right[index] for got, right in both):
            end = (
                f": siempre {'sobra' if (d := apart.pop()) > 0 else 'falta'} {abs(d)}"
                if (len(apart) == 1)
                else ""
            )
            yield f"el {word} de los dos números es el correcto, y el {other} no{end}"
