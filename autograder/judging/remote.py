"""La función de un estudiante vista desde el juez: se le piden resultados, nunca se la cree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..wire.protocol import Connection, Message, ProtocolError

_MOST_CODE = 80  # characters of the line in which a function stopped


@dataclass(frozen=True)
class Returned:
    """What came back: the value, the inputs after the call, and the libraries leaned on.

    ``shortcuts`` are those of the check's that were called on the way.
    """

    value: Any
    inputs: tuple[Any, ...]
    libraries: tuple[str, ...]
    shortcuts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raised:
    """The call ended in an exception: its type's name, its message, its line in the cell.

    ``libraries`` and ``shortcuts`` are as in :class:`Returned`; ``code`` is what stands in the
    line, as the notebook says.
    """

    type: str
    message: str
    line: int | None = None
    libraries: tuple[str, ...] = ()
    code: str = ""
    shortcuts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unsupported:
    """The call returned something that does not travel (a generator, a symbolic tensor…)."""

    type: str


Reply = Returned | Raised | Unsupported


class Interrupted(Exception):
    """The call was cut: Ctrl-C, the cell's time limit, or a kernel that went away."""


class Remote:
    """One function in the notebook's process, called over the connection.

    Parameters
    ----------
    connection : Connection
    watch : bool
        Whether the notebook looks at which libraries the function leans on. That follows every
        call inside them: with Keras it costs more than the work itself.

    Attributes
    ----------
    shortcuts : tuple of str
        Methods of Keras that the notebook should tell of when the function calls them.
    """

    def __init__(self, connection: Connection, watch: bool = True) -> None:
        self._connection, self._watch = connection, watch
        self.shortcuts: tuple[str, ...] = ()

    def call(self, *args: Any, **kwargs: Any) -> Reply:
        return self._ask(Message("call", {"args": args, "kwargs": kwargs}))

    def call_briefly(self, seconds: float, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Reply:
        """A call that the notebook cuts after that long: it raises ``TooLong``."""
        return self._ask(Message("call", {"args": args, "kwargs": kwargs, "within": seconds}))

    def apply(self, handle: int | None, x: np.ndarray) -> Reply:
        """Run a model that the function returned on the inputs ``x``."""
        return self._ask(Message("apply", {"handle": handle, "x": x}))

    def _ask(self, message: Message) -> Reply:
        message.body["watch"] = self._watch
        if self.shortcuts:
            message.body["shortcuts"] = self.shortcuts
        try:
            self._connection.send(message)
            answer = self._connection.receive()
        except (EOFError, OSError) as error:
            raise Interrupted("el cuaderno dejó de responder") from error
        body = answer.body
        if answer.op == "returned" and "value" in body:
            inputs, libraries = body.get("inputs", ()), body.get("libraries", [])
            if not isinstance(inputs, tuple) or not isinstance(libraries, list):
                raise ProtocolError("respuesta no válida")
            shortcuts = _names(body.get("shortcuts"))
            return Returned(body["value"], inputs, _names(libraries), shortcuts)
        if answer.op == "raised":
            name, line = str(body.get("type", "?"))[:100], body.get("line")
            if name == "KeyboardInterrupt":
                raise Interrupted("se interrumpió")
            return Raised(
                name,
                str(body.get("message", ""))[:500],
                line if type(line) is int else None,
                _names(body.get("libraries")),
                _one_line(body.get("code")),
                _names(body.get("shortcuts")),
            )
        if answer.op == "unsupported":
            return Unsupported(str(body.get("type", "?"))[:200])
        raise ProtocolError(f"respuesta inesperada: {answer.op}")


def _one_line(code: Any) -> str:
    """A line of a student's code, for showing it: printable and short."""
    line = " ".join(code[:_MOST_CODE].split()) if isinstance(code, str) else ""
    return "".join(letter for letter in line if letter.isprintable())


def _names(libraries: Any) -> tuple[str, ...]:
    names = libraries[:10] if isinstance(libraries, list) else ()
    return tuple(name[:100] for name in names if isinstance(name, str))
