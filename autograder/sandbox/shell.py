"""Dentro del recinto: un intérprete IPython que ejecuta celdas y manda fuera lo que producen.

No es un kernel de Jupyter: no tiene puertos, ni clave de conexión, ni hilos propios. Recibe celdas
por un socket heredado y devuelve las salidas en el formato de un cuaderno. Nada de lo que dice se
cree: quien califica lo lee con límites, y la nota la pone el juez.
"""

from __future__ import annotations

import builtins
import dis
import io
import json
import signal
import socket
import sys
import time
from types import CodeType
from typing import Any

import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from .. import absent
from ..protocol import Connection, Message

FLUSH_CHARACTERS, FLUSH_SECONDS = 8192, 0.2
SKIPPED = "(al calificar, esa instrucción se salta y la celda sigue)"


class Outbox:
    """Where outputs go: the socket of the cell that is running."""

    connection: Connection | None = None

    def send(self, output: dict[str, Any]) -> None:
        if self.connection is not None:
            text = json.dumps(output, default=str).encode("utf-8", "replace")
            self.connection.send(Message("output", {"json": np.frombuffer(text, np.uint8)}))


OUTBOX = Outbox()


class Stream(io.TextIOBase):
    """``stdout`` or ``stderr``: text gathered for a moment and sent as one output."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[str] = []
        self._waiting = 0
        self._sent = time.monotonic()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() espera str y llegó {type(text).__name__}")
        self._parts.append(text)
        self._waiting += len(text)
        late = time.monotonic() - self._sent > FLUSH_SECONDS
        if self._waiting > FLUSH_CHARACTERS or late:
            self.flush()
        return len(text)

    def flush(self) -> None:
        text = "".join(self._parts)
        if text:
            self._parts, self._waiting, self._sent = [], 0, time.monotonic()
            OUTBOX.send({"output_type": "stream", "name": self._name, "text": text})


class _Hook(DisplayHook):
    """The value of a cell's last line becomes an ``execute_result``."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        flush_streams()
        OUTBOX.send(
            {
                "output_type": "execute_result",
                "data": _texts(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )


class _Publisher(DisplayPublisher):
    """``display(...)`` becomes a ``display_data``."""

    def publish(self, data: dict, metadata: dict | None = None, **kwargs: Any) -> None:
        flush_streams()
        OUTBOX.send(
            {"output_type": "display_data", "data": _texts(data), "metadata": metadata or {}}
        )

    def clear_output(self, wait: bool = False) -> None:
        pass


def _texts(data: dict) -> dict[str, Any]:
    """A MIME bundle ready for JSON: bytes (a PNG) in base 64, as notebooks keep them."""
    from base64 import b64encode

    return {
        mime: b64encode(value).decode() if isinstance(value, bytes) else value
        for mime, value in data.items()
    }


class Shell(InteractiveShell):
    """IPython without terminal, history or colours."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._lost: set[str] = set()  # Names that statements which were skipped would have given.

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        """Run one statement; one that fails for a library that is not there costs only itself.

        At home it may be there: then the statements after it run, and here they must too.
        """
        before = absent.touched()
        failed = await super().run_code(code_obj, result, async_=async_)
        absent.forget_modules()
        error = getattr(result, "error_in_exec", None)
        if failed and (absent.touched() > before or self._is_lost(error)):
            print(SKIPPED)
            self._lost |= _stored(code_obj)
            result.error_in_exec = None
            return False
        return failed

    def _is_lost(self, error: BaseException | None) -> bool:
        """Whether a module is missing, or what an earlier statement would have made with one."""
        missing = isinstance(error, NameError) and error.name in self._lost
        return missing or isinstance(error, ModuleNotFoundError)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        flush_streams()
        OUTBOX.send(
            {
                "output_type": "error",
                "ename": getattr(etype, "__name__", str(etype)),
                "evalue": str(evalue),
                "traceback": [str(line) for line in stb],
            }
        )


def _stored(code: CodeType) -> set[str]:
    """The names of the notebook that a statement gives a value."""
    return {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_NAME"}


def make_shell() -> Shell:
    """The interpreter, made once in the fork server: every notebook gets a copy of it."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autoindent = False
    return Shell.instance(config=config)


def flush_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Stream):
            stream.flush()


def _no_input(prompt: object = "") -> str:
    raise EOFError("al calificar no hay nadie que responda a input()")


def serve_cells(shell: Shell, control: socket.socket) -> None:
    """Run the cells that arrive until the socket closes."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    builtins.input = _no_input
    OUTBOX.connection = connection = Connection(control)
    while True:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            request = connection.receive()
        except EOFError:
            return
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = "error"
        try:
            result = shell.run_cell(request.body["source"], store_history=True)
            status = "ok" if result.success else "error"
        except (KeyboardInterrupt, SystemExit):
            pass
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        flush_streams()
        connection.send(Message("done", {"status": status}))
