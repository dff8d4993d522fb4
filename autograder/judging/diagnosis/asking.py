"""A quién se pregunta: una función de arreglos, de números o un modelo de Keras."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..remote import Remote, Reply
from .changes import Arguments

MOST_SECONDS_OF_A_CALL = 2.0  # waiting for a student's function; one with Keras may take them
TOO_LONG = "TooLong"  # the type of the exception by which a call was cut


@dataclass(frozen=True)
class Call:
    """One question: the named arguments of a call, as they would be written, and what it is."""

    arguments: Arguments
    label: str = ""


@dataclass(frozen=True)
class Trial:
    """One call that came back: what was asked, the right answer, and what was received.

    ``raises`` is the exception that was the right answer, where it was.
    """

    arguments: Arguments
    expected: Any
    reply: Reply
    label: str = ""
    raises: str | None = None


class Asker(Protocol):
    """Whoever answers for what a student wrote."""

    def ask(self, call: Call) -> Reply: ...


@dataclass(frozen=True)
class Signature:
    """The named arguments of a right function: positional calls become names, and back."""

    right: Callable[..., Any]
    _signature: inspect.Signature = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_signature", inspect.signature(self.right))

    @property
    def defaults(self) -> Arguments:
        """The arguments that may be left out, and what they are then."""
        return {
            name: parameter.default
            for name, parameter in self._signature.parameters.items()
            if parameter.default is not parameter.empty
        }

    def named(self, args: tuple[Any, ...], kwargs: Arguments) -> Arguments:
        """All the arguments of a call by name, those left out at their defaults."""
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return dict(bound.arguments)

    def call(self, arguments: Arguments) -> tuple[tuple[Any, ...], Arguments]:
        """How a student is asked: what has no default by place, the rest by name if it differs."""
        args, kwargs = [], {}
        for name, parameter in self._signature.parameters.items():
            if parameter.default is parameter.empty:
                args.append(arguments[name])
            elif arguments[name] != parameter.default:
                kwargs[name] = arguments[name]
        return tuple(args), kwargs


@dataclass(frozen=True)
class FunctionAsker:
    """A student's function, wherever it runs."""

    remote: Remote
    signature: Signature

    def ask(self, call: Call) -> Reply:
        args, kwargs = self.signature.call(call.arguments)
        return self.remote.call_briefly(MOST_SECONDS_OF_A_CALL, args, kwargs)
