"""Un álgebra pequeña: un error es la función correcta con otros argumentos, o con otra respuesta.

Voltear, trasponer, quitar, repetir, escalar, redondear…: cada cambio vale para cualquier función
que tenga ese argumento, y dos cambios seguidos son otro cambio. Así se escriben los errores de 25
funciones sin copiar 25 listas, y los pares de errores sin escribirlos.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Arguments = dict[str, Any]  # by name, with the options that were left out at their defaults
Before = Callable[[Arguments], Arguments]
After = Callable[[Any, Arguments], Any]
Function = Callable[..., Any]


def _as_they_are(arguments: Arguments) -> Arguments:
    return arguments


def _as_it_is(value: Any, arguments: Arguments) -> Any:
    return value


def _the_right_one(right: Function) -> Function:
    return right


@dataclass(frozen=True)
class Change:
    """The right function with changed arguments, or a changed answer, or both.

    Parameters
    ----------
    part : str
        What is touched: the name of an argument (``kernel``, ``strides``…) or ``salida``. Two
        mistakes of one part are alternatives; of different parts, a pair.
    before : callable
        From the named arguments of a call to those that the right function gets instead.
    after : callable
        From its answer, and the named arguments as they came, to what is answered.
    core : callable
        From the right function to the one that computes in its place.
    words : str
        What is answered, as a formula that a student reads; empty where there is none.
    loose : float
        How far from its numbers, of the largest of them, is what whoever makes it may answer: more
        than the rounding of any order of a sum where that is itself the mistake.
    """

    part: str
    before: Before = _as_they_are
    after: After = _as_it_is
    core: Callable[[Function], Function] = _the_right_one
    words: str = ""
    loose: float = 0.0

    def said(self, words: str) -> Change:
        """The same, with what it answers in words."""
        return replace(self, words=words)

    def answer(self, right: Function, arguments: Arguments) -> Any:
        """What the changed function answers; ``arguments`` are not modified."""
        value = self.core(right)(**self.before(dict(arguments)))
        return self.after(value, arguments)

    def then(self, other: Change) -> Change:
        """Both mistakes at once: this one nearer to the right function than ``other``."""
        return Change(
            f"{self.part}+{other.part}",
            lambda arguments: self.before(other.before(arguments)),
            lambda value, arguments: other.after(self.after(value, arguments), arguments),
            lambda right: other.core(self.core(right)),
        )


PLAIN = Change("")  # nothing is changed


def argument(name: str, change: Callable[[Any], Any]) -> Change:
    """The argument ``name`` goes in changed."""
    return Change(name, lambda given: given | {name: change(given[name])})


def instead(name: str, value: Any) -> Change:
    """The argument ``name`` is ignored: it is always ``value``."""
    return argument(name, lambda _: value)


def flipped(name: str, *axes: int) -> Change:
    return argument(name, lambda array: np.flip(array, axes))


def exchanged(name: str) -> Change:
    """Height and width of a pair the other way round; one number is both."""
    return argument(name, lambda pair: pair if np.ndim(pair) == 0 else tuple(pair)[::-1])


def answer(change: Callable[[Any], Any]) -> Change:
    """The right answer, changed at the end."""
    return Change("salida", after=lambda value, _: change(value))


def afterwards(change: After, part: str = "salida") -> Change:
    """The right answer, changed at the end with the arguments of the call at hand."""
    return Change(part, after=change)


def computed(part: str, wrong: Function) -> Change:
    """Another function of the same named arguments computes in place of the right one."""
    return Change(part, core=lambda right: wrong)
