"""El juez en casa: un proceso aparte que el cuaderno arranca y que muere con él."""

from __future__ import annotations

import os

from ..wire.pipes import Pipes
from ..wire.protocol import Connection, Message

CANNOT_START = (
    "el juez no pudo arrancar: {}; vuelve a instalar el curso (make lab lo hace) o avisa a tu "
    "docente"
)


def main() -> None:
    connection = Connection(_channel())
    try:
        from ..judging.judge import serve
        from .published_cases import find_at_home
    except Exception as error:
        said = " ".join(str(error).split())[:300]
        _refuse_all(connection, CANNOT_START.format(f"{type(error).__name__}: {said}"))
    else:
        serve(connection, find_at_home, log=lambda verdict: None)


def _channel() -> Pipes:
    """Standard input and output, which nobody else has from here on.

    What any library printed would get between the messages.
    """
    reader, writer = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return Pipes(open(reader, "rb", buffering=0), open(writer, "wb", buffering=0))


def _refuse_all(connection: Connection, reason: str) -> None:
    try:
        while True:
            connection.receive()
            connection.send(Message("refused", {"reason": reason}))
    except (EOFError, OSError):
        connection.close()


if __name__ == "__main__":
    main()
